"""Issue: a learner's new document, from a PDF or composed from fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from attesta.accounts.mailboxes import owner_of
from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials import letters, rules, searching
from attesta.credentials.actions import history, making
from attesta.credentials.actions.making import Made, refuse
from attesta.credentials.composing.code import new_code
from attesta.credentials.composing.fields import Fields
from attesta.credentials.models import Credential, Source, Template, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Draft, Refusal
from attesta.organizations.days import today
from attesta.organizations.models import Organization


def issue(
    *,
    issuer: Organization,
    learner_email: str,
    title_fr: str,
    title_en: str,
    issued_on: date,
    pdf: bytes,
    learner_name: str = "",
    number: str = "",
    expires_on: date | None = None,
    by: Person | None = None,
    quiet: bool = False,
    release_at: datetime | None = None,
    as_given: bool = False,
    key: UUID | None = None,
) -> Credential:
    """A new document from a PDF, which leaves cleaned and sealed; ``as_given`` keeps it byte for byte, without a seal.

    The same document under the same number, or under the same ``key`` (its id), again is the same credential.
    ``quiet`` sends no letter. A mailbox that someone has proved is theirs at once, or from ``release_at`` on.
    """
    draft = Draft(learner_email, title_fr, title_en, issued_on, learner_name, number, expires_on)
    source = making.digest(pdf)
    make = making.given if as_given else making.uploaded
    return _issue(
        issuer, draft, source, lambda version: make(version, pdf), by=by, quiet=quiet, release_at=release_at, key=key
    )


def issue_composed(
    *,
    issuer: Organization,
    template: Template,
    fields: Fields,
    learner_email: str,
    learner_name: str,
    number: str,
    issued_on: date,
    expires_on: date | None = None,
    by: Person | None = None,
    quiet: bool = False,
    release_at: datetime | None = None,
    source: Source = Source.FIELDS,
    key: UUID | None = None,
) -> Credential:
    """A new document composed from ``fields`` as the institution's ``template`` has it. Else as ``issue``."""
    refuse(None if template.issuer_id == issuer.pk else Refusal.NOT_ITS_TEMPLATE)
    draft = Draft(learner_email, *making.titles(fields, template), issued_on, learner_name, number, expires_on)
    return _issue(
        issuer,
        draft,
        making.digest_of(fields, template),
        lambda version: making.composed(version, template, fields, source),
        by=by,
        quiet=quiet,
        release_at=release_at,
        key=key,
    )


def _issue(
    issuer: Organization,
    draft: Draft,
    source_sha256: str,
    make: Callable[[Version], Made],
    *,
    by: Person | None,
    quiet: bool,
    release_at: datetime | None,
    key: UUID | None,
) -> Credential:
    draft = rules.tidied(draft)
    refuse(rules.issue_refusal(draft, today()))
    refuse(None if issuer.is_issuer else Refusal.NOT_AN_ISSUER)
    if known := issued_before(issuer, draft, source_sha256, key):
        return known
    credential = _credential(issuer, draft, quiet=quiet, release_at=release_at, key=key)
    version = Version(credential=credential, number=1, issued_on=draft.issued_on, source_sha256=source_sha256)
    making.store(version, make(version))
    try:
        _keep(credential, version, by=by)
    except IntegrityError:  # the same number or key, at the same moment
        if known := issued_before(issuer, draft, source_sha256, key):
            return known
        raise
    return credential


def issued_before(issuer: Organization, draft: Draft, source_sha256: str, key: UUID | None = None) -> Credential | None:
    """The credential that this very issue made earlier.

    Raises Refused when the number is another document's, and when what it made was revoked since.
    """
    numbered = Credential.objects.filter(~Q(number=""), issuer=issuer, number=draft.number)  # as its index says
    known = numbered.first()
    known = known or (Credential.objects.filter(issuer=issuer, pk=key).first() if key else None)
    if not known:
        return None
    if known.revoked_at:
        raise refused(Refusal.NUMBER_REVOKED if known.number and known.number == draft.number else Refusal.REVOKED)
    if not _says_the_same(known, draft) or not known.versions.filter(number=1, source_sha256=source_sha256).exists():
        raise refused(Refusal.NUMBER_TAKEN)
    return known


def _says_the_same(known: Credential, draft: Draft) -> bool:
    """Name and titles may have been corrected since, by a later version."""
    same = (known.learner_email, known.issued_on, known.expires_on) == (
        (draft.learner_email, draft.issued_on, draft.expires_on)
    )
    named = (known.learner_name, known.title_fr, known.title_en) == (
        (draft.learner_name, draft.title_fr, draft.title_en)
    )
    return same and (named or history.corrected(known))


def _credential(
    issuer: Organization, draft: Draft, *, quiet: bool, release_at: datetime | None, key: UUID | None
) -> Credential:
    later = release_at if release_at and release_at > timezone.now() else None
    return Credential(
        id=key or uuid4(),
        issuer=issuer,
        learner_email=draft.learner_email,
        learner_name=draft.learner_name,
        number=draft.number,
        title_fr=draft.title_fr,
        title_en=draft.title_en,
        issued_on=draft.issued_on,
        expires_on=draft.expires_on,
        code=new_code(),
        quiet=quiet,
        release_due_at=later,
    )


@transaction.atomic
def _keep(credential: Credential, version: Version, *, by: Person | None) -> None:
    credential.created_at = now = timezone.now()
    if credential.release_due_at is None and (owner := owner_of(credential.learner_email)):
        credential.learner, credential.claimed_at = owner, now
    credential.save(force_insert=True)
    making.save(version, now)
    searching.index(credential)
    history.write(Verb.ISSUED, credential, at=now, by=by)
    if not credential.quiet and credential.release_due_at is None:
        letters.issued(credential, at=now)
