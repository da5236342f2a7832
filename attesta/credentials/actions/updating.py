"""Update: a new version, which every share shows from now on. Two at once become two versions, in turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials import letters, rules
from attesta.credentials.actions import history, making
from attesta.credentials.actions.making import Made, refuse, refuse_revoked, today
from attesta.credentials.composing.fields import Fields
from attesta.credentials.models import Credential, Source, Template, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal


def update(
    *,
    credential: Credential,
    pdf: bytes,
    reason: str,
    by: Person | None = None,
    issued_on: date | None = None,
    as_given: bool = False,
) -> Version:
    """From a PDF, as ``issue`` takes it."""
    make = making.given if as_given else making.uploaded
    return _update(credential, making.digest(pdf), lambda version: make(version, pdf), reason, by, issued_on)


def update_composed(
    *,
    credential: Credential,
    template: Template,
    fields: Fields,
    reason: str,
    by: Person | None = None,
    issued_on: date | None = None,
    source: Source = Source.FIELDS,
) -> Version:
    """Composed anew."""
    refuse(None if template.issuer_id == credential.issuer_id else Refusal.NOT_ITS_TEMPLATE)
    digest = making.digest_of(fields, template)
    make: Callable[[Version], Made] = lambda version: making.composed(version, template, fields, source)  # noqa: E731
    return _update(credential, digest, make, reason, by, issued_on)


def _update(
    credential: Credential,
    digest: str,
    make: Callable[[Version], Made],
    reason: str,
    by: Person | None,
    issued_on: date | None,
) -> Version:
    reason = rules.tidy(reason)
    day = issued_on or today()
    refuse(rules.reason_refusal(reason))
    refuse(Refusal.ISSUED_IN_FUTURE if rules.issued_in_future(day, today()) else None)
    refuse_revoked(credential)
    current = Version.objects.filter(credential=credential, number=F("credential__latest"))
    refuse(Refusal.SAME_FILE if current.filter(source_sha256=digest).exists() else None)
    version = Version(credential=credential, number=0, issued_on=day, reason=reason, source_sha256=digest)
    making.store(version, make(version))
    _keep(credential, version, by=by)
    return version


@transaction.atomic
def _keep(credential: Credential, version: Version, *, by: Person | None) -> None:
    """The conditional UPDATE holds the row until commit, so the number it made is ours."""
    now = timezone.now()
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    if not rows.update(latest=F("latest") + 1, updated_at=now):
        raise refused(Refusal.REVOKED)
    credential.refresh_from_db()
    version.number = credential.latest
    refuse(Refusal.SAME_FILE if _replaces_itself(version) else None)
    making.save(version, now)
    history.write(Verb.UPDATED, credential, at=now, by=by, version=version.number, reason=version.reason)
    if credential.release_due_at is None:
        letters.updated(credential, version, at=now)


def _replaces_itself(version: Version) -> bool:
    """The same button pressed twice at once: while this one was sealed, the other was kept."""
    before = Version.objects.filter(credential=version.credential, number=version.number - 1)
    return before.filter(source_sha256=version.source_sha256).exists()
