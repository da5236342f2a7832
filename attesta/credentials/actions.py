"""Issue, update, revoke, claim: each checks first, then writes row, ledger line and letter in one transaction.

A document's bytes are encrypted and on the disk before the transaction begins: a crash in between leaves
a file that nobody names, which the sweep removes. Refusals (``rules.Refused``) come before any change.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.credentials import contents, letters, rules
from attesta.credentials.models import Credential, Version
from attesta.credentials.pdf import PdfFacts, check
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Draft, Refusal
from attesta.organizations.models import Organization
from attesta.vault import blobs


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
) -> Credential:
    """A new document. The same document under the same number again is the same credential.

    ``quiet`` sends no letter. A mailbox that someone has proved is theirs at once.
    """
    draft = rules.tidied(Draft(learner_email, title_fr, title_en, issued_on, learner_name, number, expires_on))
    _refuse(rules.issue_refusal(draft, _today()))
    _refuse(None if issuer.is_issuer else Refusal.NOT_AN_ISSUER)
    facts = check(pdf)
    if known := _issued_before(issuer, draft, facts.sha256):
        return known
    credential = _credential(issuer, draft)
    version = _stored(credential, pdf, facts, number=1, issued_on=draft.issued_on)
    try:
        _keep_new(credential, version, by=by, quiet=quiet)
    except IntegrityError:  # the same number, at the same moment
        if known := _issued_before(issuer, draft, facts.sha256):
            return known
        raise
    return credential


def update(
    *, credential: Credential, pdf: bytes, reason: str, by: Person | None = None, issued_on: date | None = None
) -> Version:
    """A new version, which every share shows from now on. Two at once become two versions, in turn."""
    reason = rules.tidy(reason)
    day = issued_on or _today()
    _refuse(rules.reason_refusal(reason))
    _refuse(Refusal.ISSUED_IN_FUTURE if rules.issued_in_future(day, _today()) else None)
    _refuse_revoked(credential)
    facts = check(pdf)
    if Version.objects.filter(credential=credential, number=F("credential__latest"), sha256=facts.sha256).exists():
        raise refused(Refusal.SAME_FILE)
    version = _stored(credential, pdf, facts, number=0, issued_on=day, reason=reason)
    _keep_update(credential, version, by=by)
    return version


@transaction.atomic
def revoke(*, credential: Credential, reason: str, shown: bool, by: Person | None = None) -> Credential:
    """Nobody sees its content any more. ``shown``: the learner and recipients may read the reason."""
    reason = rules.tidy(reason)
    _refuse(rules.reason_refusal(reason))
    now = timezone.now()
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    if not rows.update(revoked_at=now, revocation_reason=reason, revocation_shown=shown):
        raise refused(Refusal.REVOKED)
    credential.refresh_from_db()
    _write(Verb.REVOKED, credential, at=now, by=by, **({"reason": reason} if shown else {}))
    letters.revoked(credential, at=now)
    return credential


def claim(*, person: Person, email: str) -> int:
    """What was issued to a mailbox that ``person`` has proved becomes theirs; how many documents."""
    if not EmailAddress.objects.filter(user=person, email=email.lower(), verified=True).exists():
        return 0
    return sum(_claim_one(credential, person) for credential in Credential.objects.unclaimed(email))


def claim_all(*, person: Person) -> int:
    """``claim`` for every mailbox that ``person`` has proved."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sum(claim(person=person, email=email) for email in proved)


def _refuse(code: Refusal | None) -> None:
    if code:
        raise refused(code)


def _refuse_revoked(credential: Credential) -> None:
    if not Credential.objects.filter(pk=credential.pk, revoked_at=None).exists():
        raise refused(Refusal.REVOKED)


def _today() -> date:
    """Where the institutions are."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _issued_before(issuer: Organization, draft: Draft, sha256: str) -> Credential | None:
    """The credential that this very issue made earlier. Raises Refused when the number is another document's."""
    known = Credential.objects.filter(issuer=issuer, number=draft.number).first() if draft.number else None
    if not known:
        return None
    same = (known.learner_email, known.title_fr, known.title_en, known.issued_on, known.expires_on) == (
        (draft.learner_email, draft.title_fr, draft.title_en, draft.issued_on, draft.expires_on)
    )
    if not same or not known.versions.filter(number=1, sha256=sha256).exists():
        raise refused(Refusal.NUMBER_TAKEN)
    return known


def _credential(issuer: Organization, draft: Draft) -> Credential:
    return Credential(
        issuer=issuer,
        learner_email=draft.learner_email,
        learner_name=draft.learner_name,
        number=draft.number,
        title_fr=draft.title_fr,
        title_en=draft.title_en,
        issued_on=draft.issued_on,
        expires_on=draft.expires_on,
    )


def _stored(
    credential: Credential, content: bytes, facts: PdfFacts, *, number: int, issued_on: date, reason: str = ""
) -> Version:
    """A version whose file is on the disk and whose row is not yet saved."""
    key = blobs.new_key()
    version = Version(
        credential=credential,
        number=number,
        sha256=facts.sha256,
        size=facts.size,
        page_count=facts.page_count,
        reason=reason,
        issued_on=issued_on,
        data_key=key,
    )
    version.blob = blobs.put(content, key=key, context=contents.context(version, "pdf"))
    return version


@transaction.atomic
def _keep_new(credential: Credential, version: Version, *, by: Person | None, quiet: bool) -> None:
    credential.created_at = now = timezone.now()
    proved = EmailAddress.objects.filter(email=credential.learner_email, verified=True).select_related("user").first()
    if proved:
        credential.learner, credential.claimed_at = proved.user, now
    credential.save(force_insert=True)
    _save_version(version, now)
    _write(Verb.ISSUED, credential, at=now, by=by)
    if not quiet:
        letters.issued(credential, at=now)


@transaction.atomic
def _keep_update(credential: Credential, version: Version, *, by: Person | None) -> None:
    """The conditional UPDATE holds the row until commit, so the number it made is ours."""
    now = timezone.now()
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    if not rows.update(latest=F("latest") + 1, updated_at=now):
        raise refused(Refusal.REVOKED)
    credential.refresh_from_db()
    version.number = credential.latest
    _save_version(version, now)
    _write(Verb.UPDATED, credential, at=now, by=by, version=version.number, reason=version.reason)
    letters.updated(credential, version, at=now)


def _save_version(version: Version, now: datetime) -> None:
    version.created_at = version.render_due_at = now
    if version.data_key:
        version.data_key.save(force_insert=True)
    version.save(force_insert=True)


@transaction.atomic
def _claim_one(credential: Credential, person: Person) -> int:
    now = timezone.now()
    if not Credential.objects.filter(pk=credential.pk, learner=None).update(learner=person, claimed_at=now):
        return 0
    credential.learner = person
    _write(Verb.CLAIMED, credential, at=now, by=person)
    return 1


def _write(verb: Verb, credential: Credential, *, at: datetime, by: Person | None, **facts: Any) -> None:
    """A line of the credential's history. Without a person, its issuer acted."""
    language = credential.learner.language if credential.learner else settings.LANGUAGE_CODE
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else credential.issuer.name(language),
        owner_id=credential.learner_id,
        issuer_id=credential.issuer_id,
        credential_id=credential.pk,
        facts={"fr": credential.title_fr, "en": credential.title_en, **facts},
    )
