"""Update: a new version, which every share shows from now on. Two at once become two versions, in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.credentials import letters, rules, searching
from attesta.credentials.actions import history, making
from attesta.credentials.actions.making import Made, refuse, refuse_revoked
from attesta.credentials.composing.fields import Fields
from attesta.credentials.models import Credential, Source, Template, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.days import today
from attesta.organizations.folding import fold


@dataclass(frozen=True, slots=True)
class Change:
    """``said`` is what the new version says of the credential itself: values by column.

    Of a PDF, what was typed beside it. ``seen`` is the number of the version that its author replaces knowingly;
    None replaces whichever is current.
    """

    digest: str
    make: Callable[[Version], Made]
    reason: str
    issued_on: date
    by: Person | None
    seen: int | None
    said: Mapping[str, str] = field(default_factory=dict)


def update(
    *,
    credential: Credential,
    pdf: bytes,
    reason: str,
    by: Person | None = None,
    issued_on: date | None = None,
    as_given: bool = False,
    seen: int | None = None,
    learner_name: str = "",
    title_fr: str = "",
    title_en: str = "",
) -> Version:
    """From a PDF, as ``issue`` takes it. Nobody reads name and titles in a PDF: those that are not given stay.

    The same update of the same ``seen`` version again is the same version; else the current file again is refused,
    unless it corrects what is said of it.
    """
    make = making.given if as_given else making.uploaded
    given = {"learner_name": learner_name, "title_fr": title_fr, "title_en": title_en}
    change = Change(
        digest=making.digest(pdf),
        make=lambda version: make(version, pdf),
        reason=tidy(reason),
        issued_on=issued_on or today(),
        by=by,
        seen=seen,
        said=_corrected(credential, {name: tidy(text) for name, text in given.items() if tidy(text)}),
    )
    return _update(credential, change)


def update_composed(
    *,
    credential: Credential,
    template: Template,
    fields: Fields,
    reason: str,
    by: Person | None = None,
    issued_on: date | None = None,
    source: Source = Source.FIELDS,
    seen: int | None = None,
) -> Version:
    """Composed anew, also from the same fields: the template or the day may be what was corrected.

    The name and the titles that it bears become the credential's. For ``seen`` see ``update``.
    """
    refuse(None if template.issuer_id == credential.issuer_id else Refusal.NOT_ITS_TEMPLATE)
    title_fr, title_en = making.titles(fields, template)
    change = Change(
        digest=making.digest_of(fields, template),
        make=lambda version: making.composed(version, template, fields, source),
        reason=tidy(reason),
        issued_on=issued_on or today(),
        by=by,
        seen=seen,
        said={"learner_name": tidy(fields.learner_name), "title_fr": title_fr, "title_en": title_en},
    )
    return _update(credential, change)


def _update(credential: Credential, change: Change) -> Version:
    try:
        return _made_before(credential, change) or _make(credential, change)
    except Refused as problem:
        if problem.code is Refusal.CHANGED_MEANWHILE and (made := _made_before(credential, change)):
            return made  # while this one was sealed, the other press of the same button was kept
        raise


def _made_before(credential: Credential, change: Change) -> Version | None:
    """What this very update made of the version that was seen."""
    if change.seen is None:
        return None
    if not Credential.objects.filter(pk=credential.pk, **change.said).exists():
        return None
    after = credential.versions.filter(number=change.seen + 1, source_sha256=change.digest)
    return after.filter(reason=change.reason, issued_on=change.issued_on).first()


def _make(credential: Credential, change: Change) -> Version:
    refuse(rules.reason_refusal(change.reason) or rules.words_refusal(change.said))
    refuse(rules.day_refusal(change.issued_on, today()))
    refuse_revoked(credential)
    if not change.said:
        current = credential.versions.filter(number=F("credential__latest"))
        refuse(Refusal.SAME_FILE if current.filter(source_sha256=change.digest).exists() else None)
    if change.seen and not Credential.objects.filter(pk=credential.pk, latest=change.seen).exists():
        raise refused(Refusal.CHANGED_MEANWHILE)
    version = Version(credential=_as_said(credential, change), number=0, issued_on=change.issued_on)
    version.reason, version.source_sha256 = change.reason, change.digest
    making.store(version, change.make(version))
    version.credential = credential
    _keep(credential, version, change)
    return version


def _as_said(credential: Credential, change: Change) -> Credential:
    """What the new version is composed from: the credential as it will be once the version is kept."""
    new = copy(credential)
    for name, value in change.said.items():
        setattr(new, name, value)
    return new


def _corrected(credential: Credential, said: Mapping[str, str]) -> dict[str, str]:
    """What of it differs from what the credential says so far."""
    return {name: text for name, text in said.items() if getattr(credential, name) != text}


@transaction.atomic
def _keep(credential: Credential, version: Version, change: Change) -> None:
    """The conditional UPDATE holds the row until commit, so the number it made is ours."""
    now, corrected = timezone.now(), sorted(_corrected(credential, change.said))
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    expected = rows.filter(latest=change.seen) if change.seen else rows
    if not expected.update(latest=F("latest") + 1, updated_at=now, **_columns(change.said)):
        raise refused(Refusal.CHANGED_MEANWHILE if rows.exists() else Refusal.REVOKED)
    credential.refresh_from_db()
    version.number = credential.latest
    refuse(Refusal.SAME_FILE if not change.said and _replaces_itself(version) else None)
    making.save(version, now)
    if change.said:
        searching.index(credential)
    told = {"version": version.number, "reason": version.reason} | ({"corrected": corrected} if corrected else {})
    history.write(Verb.UPDATED, credential, at=now, by=change.by, **told)
    if credential.release_due_at is None:
        letters.updated(credential, version, at=now)


def _columns(said: Mapping[str, str]) -> dict[str, str]:
    """With what lists search titles by."""
    folded = {f"folded_{code}": fold(said[f"title_{code}"]) for code in ("fr", "en") if f"title_{code}" in said}
    return {**said, **folded}


def _replaces_itself(version: Version) -> bool:
    """The same button pressed twice at once: while this PDF was sealed, the other press was kept."""
    before = Version.objects.filter(credential=version.credential, number=version.number - 1)
    uploaded = version.source == Source.UPLOADED
    return uploaded and before.filter(source_sha256=version.source_sha256).exists()
