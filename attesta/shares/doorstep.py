"""What the gate says to the database, with SQL written once: it is asked more often than everything else together.

See ``activity.statements``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from attesta.accounts.models import Person
from attesta.activity.statements import (
    Rows,
    as_uuid,
    columns,
    fields,
    first,
    insert,
    model,
    select,
    stored,
)
from attesta.shares.models import Share, Visit

NONE = UUID(int=0)
TITLES = """SELECT c.id, c.title_fr, c.title_en
FROM shares_item i JOIN credentials_credential c ON c.id = i.credential_id"""
ORDER = "ORDER BY i.position"
LIVE = "v.device_hash = %s AND v.ended_at IS NULL AND v.expires_at > %s"
OWNER = ("id", "email", "name", "language", "time_zone", "wants_notices")


def share_by_token(token_hash: str) -> Share | None:
    """The share of a link, with its owner."""
    rows = select(_share_sql(), [token_hash])
    return _share(rows[0]) if rows else None


type Documents = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Knock:
    """What is found at a link: its share, the visit that this browser may go on with, what the share holds."""

    share: Share
    visit_id: UUID | None
    documents: Documents


def knocked_at(token_hash: str, device_hash: str, now: datetime) -> Knock | None:
    found = first(_knock_sql(), [device_hash, stored(now), token_hash])
    if not found:
        return None
    share, visit = _share(found[:-1]), found[-1]
    return Knock(share, as_uuid(visit) if visit else None, titles(share.id))


def visit_by_id(visit_id: UUID) -> Visit | None:
    """A visit, with its share and the share's owner."""
    rows = select(_visit_sql(), [stored(visit_id)])
    if not rows:
        return None
    own = len(fields(Visit))
    visit = model(Visit, rows[0][:own])
    visit.share = _share(rows[0][own:])
    return visit


def live_visit(share_id: UUID, device_hash: str, now: datetime, *, besides: UUID = NONE) -> UUID | None:
    """The id of the visit (another than ``besides``) that this browser has begun at this share and may go on with."""
    sql = f"SELECT v.id FROM shares_visit v WHERE v.share_id = %s AND {LIVE} AND v.id <> %s LIMIT 1"  # noqa: S608 - ours
    rows = select(sql, [stored(share_id), device_hash, stored(now), stored(besides)])
    return as_uuid(rows[0][0]) if rows else None


TAKE = """
UPDATE shares_share SET consultations = consultations + 1, last_consulted_at = %s
WHERE id = %s AND version = %s AND enabled AND (expires_at IS NULL OR expires_at > %s)
AND (max_consultations IS NULL OR consultations < max_consultations)
RETURNING consultations
"""
COUNT_DAY = f"""
INSERT INTO shares_viewsofday (share_id, day, consultations)
SELECT %s, %s, 1
WHERE NOT EXISTS (SELECT 1 FROM shares_visit v WHERE v.share_id = %s AND {LIVE} AND v.id <> %s)
ON CONFLICT (share_id, day) DO UPDATE SET consultations = shares_viewsofday.consultations + 1
RETURNING consultations
"""  # noqa: S608 - our own condition


def enter(visit: Visit, share: Share) -> int | None:
    """The visit, and one consultation; how many there are now.

    None when the share is no longer enabled, unexpired, not used up, and as it was read.
    """
    insert(visit)
    began = stored(visit.started_at)
    taken = first(TAKE, [began, stored(share.id), share.version, began])
    return int(taken[0]) if taken else None


def count_day(visit: Visit, share: Share) -> bool:
    """One more on its day, as the owner's calendar has it; False when this browser has another visit that goes on.

    The share's row is held by then (``enter``), so every visit that began before this one is seen.
    """
    key, began = stored(share.id), stored(visit.started_at)
    day = connection.ops.adapt_datefield_value(visit.started_at.astimezone(share.owner.zone).date())
    return first(COUNT_DAY, [key, day, key, visit.device_hash, began, stored(visit.id)]) is not None


def titles(share_id: UUID) -> Documents:
    """The documents of a share as a line tells them: ``{"id", "fr", "en"}``, in the learner's order."""
    return _documents(select(f"{TITLES} WHERE i.share_id = %s {ORDER}", [stored(share_id)]))


def issuers(share_id: UUID) -> list[tuple[str, str]]:
    """Names in French and English of who issued what is shared, each once."""
    sql = (
        "SELECT o.name_fr, o.name_en FROM shares_item i JOIN credentials_credential c ON c.id = i.credential_id"
        " JOIN organizations_organization o ON o.id = c.issuer_id WHERE i.share_id = %s ORDER BY i.position"
    )
    return list(dict.fromkeys((fr, en) for fr, en in select(sql, [stored(share_id)])))


SHOWN = """
SELECT (SELECT t.version FROM shares_trace t
        WHERE t.visit_id = %s AND t.credential_id = c.id AND t.version = c.latest AND t.page = %s)
FROM shares_item i JOIN shares_share s ON s.id = i.share_id
JOIN credentials_credential c ON c.id = i.credential_id AND c.learner_id = s.owner_id
WHERE i.share_id = %s AND i.credential_id = %s
"""


def shown(share_id: UUID, credential_id: UUID, *, visit_id: UUID | None, page: int) -> tuple[int | None] | None:
    """Is the document in this share, while the learner who shares it has it? (It may be found to be someone else's.)

    Then the version of which the ledger has this page of this visit already, if it has.
    """
    rows = select(SHOWN, [stored(visit_id or NONE), page, stored(share_id), stored(credential_id)])
    return (rows[0][0],) if rows else None


def _documents(rows: Rows) -> Documents:
    return [{"id": str(as_uuid(key)), "fr": fr, "en": en} for key, fr, en in rows]


def _share(row: Sequence[Any]) -> Share:
    own = len(fields(Share))
    share = model(Share, row[:own])
    share.owner = model(Person, row[own:], OWNER)
    return share


@cache
def _share_sql() -> str:
    return (
        f"SELECT {columns(Share, 's')}, {columns(Person, 'p', OWNER)} FROM shares_share s"  # noqa: S608 - our own columns
        " JOIN accounts_person p ON p.id = s.owner_id WHERE s.token_hash = %s"
    )


@cache
def _knock_sql() -> str:
    live = f"(SELECT v.id FROM shares_visit v WHERE v.share_id = s.id AND {LIVE} LIMIT 1)"  # noqa: S608 - ours
    return _share_sql().replace(" FROM shares_share s", f", {live} FROM shares_share s")


@cache
def _visit_sql() -> str:
    wanted = ", ".join([columns(Visit, "v"), columns(Share, "s"), columns(Person, "p", OWNER)])
    return (
        f"SELECT {wanted} FROM shares_visit v JOIN shares_share s ON s.id = v.share_id"  # noqa: S608 - our own columns
        " JOIN accounts_person p ON p.id = s.owner_id WHERE v.id = %s"
    )
