"""Taking a row of a batch and writing down how it went, with SQL written once: this runs under SQLite's write lock.

See ``activity.statements``. Workers pass over each other's rows; a lease that ran out is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.db import connection

from attesta.activity.statements import first, stored
from attesta.credentials.models import RowState

LEASE = timedelta(seconds=20)  # longer than any document takes


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in hand ``until`` then. ``number`` is its place in the file, ``attempts`` how often it was taken."""

    row: int
    number: int
    attempts: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row went: its credential, or the code of why there is none."""

    claim: Claim
    credential: UUID | None
    problem: str = ""


def take(batch: UUID, now: datetime) -> Claim | None:
    """The next row that waits, then one whose worker died; none of a batch that is not running."""
    until = now + LEASE
    changes = [RowState.TAKEN, stored(until)]
    found = first(_take_sql("r.state = %s"), [*changes, stored(batch), RowState.WAITING]) or first(
        _take_sql("r.state = %s AND r.taken_until <= %s"), [*changes, stored(batch), RowState.TAKEN, stored(now)]
    )
    if not found:
        return None
    row, number, attempts = found
    return Claim(row, number, attempts, until)


def settle(batch: UUID, outcome: Outcome) -> None:
    """Unless the lease ran out and another worker has the row: then theirs counts."""
    claim, issued = outcome.claim, outcome.credential is not None
    state = RowState.ISSUED if issued else RowState.FAILED
    credential = stored(outcome.credential) if outcome.credential else None
    settled = first(
        "UPDATE credentials_row SET state = %s, taken_until = NULL, credential_id = %s, problem = %s"
        " WHERE id = %s AND state = %s AND taken_until = %s RETURNING id",
        [state, credential, outcome.problem, claim.row, RowState.TAKEN, stored(claim.until)],
    )
    if settled:
        counter = "issued_count" if issued else "failed_count"
        sql = f"UPDATE credentials_batch SET {counter} = {counter} + 1 WHERE id = %s"  # noqa: S608 - one of two names
        with connection.cursor() as cursor:
            cursor.execute(sql, [stored(batch)])


def give_back(claim: Claim) -> None:
    """It waits again, as if it had not been taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE credentials_row SET state = %s, taken_until = NULL, attempts = attempts - 1"
            " WHERE id = %s AND state = %s AND taken_until = %s",
            [RowState.WAITING, claim.row, RowState.TAKEN, stored(claim.until)],
        )


@cache
def _take_sql(free: str) -> str:
    """SQLite has one writer: nothing is locked there for others to pass over."""
    passing = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    return (
        "UPDATE credentials_row SET state = %s, taken_until = %s, attempts = attempts + 1 WHERE id = ("  # noqa: S608
        "SELECT r.id FROM credentials_row r WHERE r.batch_id = %s"
        f" AND {free} AND EXISTS (SELECT 1 FROM credentials_batch b WHERE b.id = r.batch_id AND b.state = 'running')"
        f" ORDER BY r.number LIMIT 1{passing}) RETURNING id, number, attempts"
    )
