"""Admit: the gate that every byte of a visit passes, each time. Nothing here trusts an earlier answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials import contents
from attesta.credentials.contents import Contents, PageImage
from attesta.credentials.models import Credential, Version
from attesta.shares import doorstep, history, rules, tokens
from attesta.shares.models import Item, Share, Trace, Visit


@dataclass(frozen=True, slots=True)
class Admission:
    """A visit whose share lets it go on, at the moment of asking. None when the owner previews."""

    share: Share
    visit: Visit | None


def admit(*, visit_id: UUID, secret: str) -> Admission | None:
    """The visit, when the cookie is its own and its share is enabled and unexpired now; its time is renewed by use."""
    visit = doorstep.visit_by_id(visit_id)
    now = timezone.now()
    if visit is None or not tokens.same(tokens.sha256(secret), visit.secret_hash):
        return None
    if visit.ended_at is not None or now >= visit.expires_at or rules.visit_refusal(visit.share.facts, now):
        return None
    _renew(visit, now)
    return Admission(visit.share, visit)


def preview(*, share: Share, by: Person) -> Admission | None:
    """The owner sees what a recipient would: nothing is counted or written."""
    return Admission(share, None) if share.owner_id == by.id else None


def documents(admission: Admission) -> list[Credential]:
    """What the share shows, newest versions, in the learner's order. Revoked ones too: as tombstones."""
    theirs = Item.objects.filter(share=admission.share, credential__learner_id=admission.share.owner_id)
    items = theirs.select_related("credential__issuer").order_by("position")
    return [item.credential for item in items]


def page_image(*, admission: Admission, credential_id: UUID, number: int) -> PageImage | None:
    """A page of the current version as WebP; None when it is not in this share, revoked or has no such page."""
    sight = _sight(admission, credential_id, number)
    if sight is None or not 1 <= number <= sight.contents.page_count:
        return None
    image = sight.contents.page_image(number)
    _trace(admission, sight, Verb.PAGE_VIEWED)
    return image


def page_text(*, admission: Admission, credential_id: UUID, number: int, told: bool = False) -> str | None:
    """The text of a page, for those who do not see the picture. ``told`` where it is asked for by itself."""
    sight = _sight(admission, credential_id, number)
    if sight is None or not 1 <= number <= sight.contents.page_count:
        return None
    text = sight.contents.page_text(number)
    if told:
        _trace(admission, sight, Verb.PAGE_VIEWED)
    return text


def take_file(
    *, admission: Admission, credential_id: UUID, serves: Callable[[bytes], bool] | None = None
) -> bytes | None:
    """The original PDF, byte for byte; None unless the learner permits downloads.

    Told as a download unless ``serves`` says that none of these bytes will leave.
    """
    if not admission.share.may_download:
        return None
    sight = _sight(admission, credential_id, Trace.FILE)
    if sight is None:
        return None
    content = sight.contents.original()
    if serves is None or serves(content):
        _trace(admission, sight, Verb.DOWNLOADED)
    return content


def print_sheet(*, admission: Admission, credential_id: UUID) -> Credential | None:
    """The document whose print sheet is about to be shown; told once a visit."""
    sight = _sight(admission, credential_id, Trace.PRINT)
    if sight is None:
        return None
    _trace(admission, sight, Verb.PRINTED)
    return sight.contents.version.credential


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is about to be seen of a document: a page, or one of Trace's other places. ``is_told`` of this visit?"""

    contents: Contents
    place: int
    is_told: bool


def _sight(admission: Admission, credential_id: UUID, place: int) -> _Sight | None:
    """None for what is not in this share; ``of_credential`` refuses what was revoked."""
    visit = admission.visit
    shown = doorstep.shown(admission.share.id, credential_id, visit_id=visit.id if visit else None, page=place)
    found = contents.of_credential(credential_id, page=place) if shown else None
    if shown is None or found is None:
        return None
    return _Sight(found, place, is_told=shown == (found.version.number,))


def _renew(visit: Visit, now: datetime) -> None:
    """At most one write a minute; never past the share's own end, which ``admit`` checks each time."""
    if rules.visit_end(visit.started_at, now) - visit.expires_at >= rules.RENEW_AFTER:
        rows = Visit.objects.filter(pk=visit.pk, ended_at=None, expires_at__gt=now)
        rows.update(expires_at=rules.visit_end(visit.started_at, now))


TRACE = """
INSERT INTO shares_trace (visit_id, credential_id, version, page) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def _trace(admission: Admission, sight: _Sight, verb: Verb) -> None:
    """Tell once a visit; a refresh, a Range request or a resume finds its trace and tells nothing."""
    visit, version = admission.visit, sight.contents.version
    if visit is None or sight.is_told:
        return
    key = Visit._meta.pk.get_db_prep_value
    with transaction.atomic():
        with connection.cursor() as cursor:
            ids = [key(visit.pk, connection), key(version.credential_id, connection)]
            cursor.execute(TRACE, [*ids, version.number, sight.place])
            if cursor.rowcount != 1:
                return
        if verb is Verb.DOWNLOADED:
            Share.objects.filter(pk=visit.share_id).update(downloads=F("downloads") + 1)
        _tell(admission.share, visit, verb, version, sight.place)


def _tell(share: Share, visit: Visit, verb: Verb, version: Version, page: int) -> None:
    credential = version.credential
    document = {"id": str(credential.id), "fr": credential.title_fr, "en": credential.title_en}
    facts = {"document": document, "version": version.number} | ({"page": page} if page > 0 else {})
    history.write(
        verb,
        share,
        at=timezone.now(),
        actor_label=visit.proved_email,
        documents=[document],
        visit_id=visit.id,
        facts=facts,
    )
