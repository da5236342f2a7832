"""The worker's part: dry runs in slices, then rows one by one, each under a lease.

Two transactions a document: the credential itself (``credentials.actions``), and one that writes down how it went and
takes the next row. Composing and sealing hold none. A worker that dies leaves a lease to run out; the row's document
number makes sure that issuing it again finds what was already there.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.batches import actions, checking, claims, closing, issuing, opening
from attesta.credentials.batches.checking import Checking
from attesta.credentials.batches.claims import Claim, Outcome
from attesta.credentials.batches.documents import Reading
from attesta.credentials.batches.findings import Broken, Code, described
from attesta.credentials.models import Batch, BatchState, Row, RowState
from attesta.credentials.rules import Refusal, Refused
from attesta.vault import blobs

log = logging.getLogger(__name__)

SLICE = 1.0  # seconds of a dry run before other jobs have their turn
MOST_ATTEMPTS = 30  # of one row: then it is the row that kills its workers

REST = 30.0  # seconds, after something that every document needs was away

type Stop = Callable[[], bool]
_checking: dict[UUID, tuple[Checking, Iterator[tuple[int, int]]]] = {}
_resting: dict[UUID, float] = {}


class Outage(ConnectionError):
    """Something that every document needs is away: the key, the time-stamps, the disk. The row waits again."""


def work(limit: int = 20, *, now: datetime | None = None, stop: Stop = bool) -> int:
    """A slice of a dry run, and up to ``limit`` documents; how much was done. Safe beside other workers."""
    started, now = time.monotonic(), now or timezone.now()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    done = check_some(clock, stop)
    running = [batch for batch in _open(BatchState.RUNNING) if _resting.get(batch.pk, 0.0) <= time.monotonic()]
    for number, batch in enumerate(running):
        share = max(1, (limit - done) // (len(running) - number))
        try:
            done += issue_some(batch, share, clock, stop)
        except Outage as outage:
            log.error("Batch %s rests for a while: %s", batch.pk, outage)
            _resting[batch.pk] = time.monotonic() + REST
    if not done:
        opening.close_all()
    return done


def check_some(clock: Callable[[], datetime], stop: Stop = bool) -> int:
    """The dry run at hand for a second, or the next one that nobody has."""
    end = time.monotonic() + SLICE
    done = 0
    waiting = list(_open(BatchState.CHECKING))
    for gone in _checking.keys() - {batch.pk for batch in waiting}:
        del _checking[gone]
    for batch in waiting:
        if not (in_hand := _in_hand(batch, clock())):
            continue
        mine, steps = in_hand
        for _ in steps:
            done += 1
            if stop() or time.monotonic() > end:
                mine.rest(clock())
                _checking[batch.pk] = in_hand
                return done
        done += 1
    return done


def stay(now: datetime) -> None:
    """The dry run at hand stays this worker's while it is at other jobs. Called from another thread, often."""
    for mine, _steps in list(_checking.values()):
        mine.stay(now)


def let_go() -> None:
    """At a worker's end: the dry run that it was at is anyone's, at once."""
    while _checking:
        _checking.popitem()[1][0].let_go()


def _in_hand(batch: Batch, now: datetime) -> tuple[Checking, Iterator[tuple[int, int]]] | None:
    """It goes on where it was, or begins; None when another worker has it."""
    kept = _checking.pop(batch.pk, None)
    if kept and kept[0].go_on(now):
        return kept
    mine = checking.take(batch, now)
    return (mine, mine.steps()) if mine else None


def issue_some(batch: Batch, limit: int, clock: Callable[[], datetime], stop: Stop = bool) -> int:
    """How many rows of this batch came to an end. Raises Outage."""
    try:
        reading = opening.reading(batch)
    except (blobs.Missing, blobs.Tampered, Broken) as problem:
        log.critical("Batch %s cannot be read any more and is paused: %s", batch.pk, type(problem).__name__)
        actions.pause(batch=batch, by=None)
        return 0
    done, outcome = 0, None
    while claim := _settle_and_take(batch, outcome, clock(), more=done < limit and not stop()):
        try:
            outcome = _issue(batch, reading, claim)
        except Outage:
            claims.give_back(claim)
            raise
        done += 1
    return done


def _open(state: BatchState) -> QuerySet[Batch]:
    rows = Batch.objects.filter(state=state).select_related(
        "issuer", "template", "data_key", "created_by", "started_by"
    )
    return rows.order_by("created_at")


@transaction.atomic
def _settle_and_take(batch: Batch, outcome: Outcome | None, now: datetime, *, more: bool) -> Claim | None:
    if outcome:
        claims.settle(batch.pk, outcome)
    claim = claims.take(batch.pk, now) if more else None
    if claim is None:
        _finish(batch, now)
    return claim


def _finish(batch: Batch, now: datetime) -> None:
    """Done once nothing waits and nobody has one in hand."""
    for state in (RowState.WAITING, RowState.TAKEN):
        if Row.objects.filter(batch=batch, state=state).exists():
            return
    running = Batch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
    if running.update(state=BatchState.DONE, finished_at=now, version=F("version") + 1):
        history.write_of_batch(Verb.BATCH_DONE, batch, at=now, by=None)
        closing.erase(batch)


def _issue(batch: Batch, reading: Reading, claim: Claim) -> Outcome:
    """A row that fails for a reason of its own stops no other. Raises Outage, or what the database raises."""
    if claim.attempts > MOST_ATTEMPTS:
        return Outcome(claim, None, Code.INTERRUPTED)
    try:
        document = reading.document(reading.entries[claim.number - 1])
        return Outcome(claim, issuing.issue(document, batch).pk)
    except Broken as broken:
        return Outcome(claim, None, broken.findings[0].code)
    except Refused as refusal:
        if refusal.code == Refusal.CANNOT_SEAL:
            raise Outage(str(refusal)) from None
        return Outcome(claim, None, str(refusal.code))
    except (OperationalError, InterfaceError):
        raise
    except OSError as error:
        raise Outage(error.strerror or type(error).__name__) from None
    except Exception as error:
        log.error("Row %s of batch %s failed: %s", claim.number, batch.pk, described(error))
        return Outcome(claim, None, Code.UNEXPECTED)
