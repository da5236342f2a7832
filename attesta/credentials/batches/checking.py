"""The dry run of a batch, written down: its rows, every problem by row and column, and what may be done next.

It goes in steps, so that a worker has time for letters in between, and under a lease, so that two do not both do it.
While the worker is at its other jobs it keeps the lease, minute by minute (``stay``): what was read so far is in its
memory alone, and whoever took the batch over would begin again. Only who vanished while reading counts as a try.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from attesta.credentials.batches import alone, closing, opening
from attesta.credentials.batches.documents import Entry, Reading
from attesta.credentials.batches.examining import Examination
from attesta.credentials.batches.findings import NOTES, Broken, Code, Finding, described
from attesta.credentials.batches.rules import State, state_after_checking
from attesta.credentials.models import Batch, BatchState, Problem, Row, RowState
from attesta.credentials.rules import NUMBER_LENGTH
from attesta.organizations.models import Organization

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
AWAY = timedelta(minutes=1)  # after which a worker that says nothing is taken for dead
BETWEEN = timedelta(minutes=10)  # longer than a worker's round, also when mail or time-stamps are slow
WRITTEN_TOGETHER = 1000
MOST_TRIES = 10


def check(batch: Batch) -> Batch:
    """The whole dry run at once. A batch that someone else is checking, or has checked, is left to them."""
    if checking := take(batch, timezone.now()):
        for _ in checking.steps():
            pass
    batch.refresh_from_db()
    return batch


def take(batch: Batch, now: datetime) -> Checking | None:
    """A lease by conditional UPDATE; None when it is another's."""
    free = Q(taken_until=None) | Q(taken_until__lte=now)
    rows = Batch.objects.filter(free, pk=batch.pk, state=BatchState.CHECKING)
    lease = now + LEASE
    return Checking(batch, lease) if rows.update(taken_until=lease, tries=F("tries") + 1) else None


class Checking:
    """A batch under a lease of ours."""

    def __init__(self, batch: Batch, lease: datetime) -> None:
        self.batch = batch
        self._lease: datetime | None = lease
        self._rests_until: datetime | None = None
        self._one_at_a_time = threading.Lock()

    def go_on(self, now: datetime) -> bool:
        """After a rest. False when it is not ours any more."""
        with self._one_at_a_time:
            self._rests_until = None
            return self._hold(now + LEASE, tries=1)

    def rest(self, now: datetime) -> bool:
        """Between two slices. Whoever reads on after it did not die of what was read before."""
        with self._one_at_a_time:
            self._rests_until = now + BETWEEN
            return self._hold(now + AWAY, tries=-1)

    def stay(self, now: datetime) -> None:
        """While it rests, from whatever thread: its worker lives. One that rests for too long is taken for stuck."""
        with self._one_at_a_time:
            if self._rests_until and now < self._rests_until:
                self._hold(min(now + AWAY, self._rests_until))

    def let_go(self) -> None:
        """After a rest, for good: whoever takes it begins again."""
        with self._one_at_a_time:
            self._rests_until = None
            self._hold(None)

    def steps(self) -> Iterator[tuple[int, int]]:
        """How many documents were looked at so far, of how many; writes everything down at its end."""
        batch = self.batch
        try:
            reading = self._reading()
        except Broken as broken:
            self._settle([], broken.findings)
            return
        examination = Examination(reading, batch.issuer, batch.template)
        for done in examination.steps():
            if not self._renewed(timezone.now()):
                self._survived()
                return
            yield done, len(reading.entries)
        rows = [_row(batch, entry, examination) for entry in reading.entries]
        self._settle(rows, [*examination.findings, *examination.notes])

    def _reading(self) -> Reading:
        """Raises Broken, also for a file that seems to kill whoever checks it."""
        if self._ours().filter(tries__gte=MOST_TRIES).exists():
            raise Broken([Finding("", "", Code.INTERRUPTED)])
        try:
            return opening.reading(self.batch)
        except (Broken, DatabaseError, InterfaceError, OSError):
            raise
        except Exception as error:
            log.error("Batch %s could not be opened: %s", self.batch.pk, described(error))
            raise Broken([Finding("", "", Code.UNEXPECTED)]) from None

    def _renewed(self, now: datetime) -> bool:
        """False when someone cancelled it, or took it over after we had been slow for too long."""
        if self._lease and self._lease - now > LEASE / 2:
            return True
        return self._hold(now + LEASE)

    def _hold(self, lease: datetime | None, *, tries: int = 0) -> bool:
        held = self._ours().update(taken_until=lease, tries=F("tries") + tries) == 1
        self._lease = lease
        return held

    def _survived(self) -> None:
        """Slow, not dead: whoever took it over has one try less to fear."""
        Batch.objects.filter(pk=self.batch.pk, state=BatchState.CHECKING).update(tries=F("tries") - 1)

    def _ours(self) -> models.QuerySet[Batch]:
        return Batch.objects.filter(pk=self.batch.pk, state=BatchState.CHECKING, taken_until=self._lease)

    @transaction.atomic
    def _settle(self, rows: list[Row], findings: list[Finding]) -> None:
        """One batch of an institution at a time, so that two of one person do not overlook each other."""
        batch = self.batch
        issuer = Organization.objects.select_for_update(no_key=True).get(pk=batch.issuer_id)
        problems = sum(found.code not in NOTES for found in findings)
        before = alone.documents(issuer, batch.created_by, at=batch.created_at, but=batch)
        new = sum(row.state == RowState.WAITING for row in rows)
        state = state_after_checking(documents=before + new, problems=problems, most_alone=issuer.most_alone)
        settled = self._ours().update(
            state=state,
            taken_until=None,
            row_count=len(rows),
            alone_before=before,
            problem_count=problems,
            issued_count=sum(row.state == RowState.ISSUED for row in rows),
            version=F("version") + 1,
        )
        if not settled:
            return
        Row.objects.bulk_create(rows, batch_size=WRITTEN_TOGETHER)
        Problem.objects.bulk_create((_problem(batch, found) for found in findings), batch_size=WRITTEN_TOGETHER)
        if state is State.REFUSED:
            closing.erase(batch)


def _row(batch: Batch, entry: Entry, examination: Examination) -> Row:
    known = examination.issued.get(entry.number)
    return Row(
        batch=batch,
        number=entry.number,
        place=entry.place,
        document_number=examination.numbers[entry.number][:NUMBER_LENGTH],
        state=RowState.ISSUED if known else RowState.WAITING,
        credential_id=known,
    )


def _problem(batch: Batch, found: Finding) -> Problem:
    return Problem(
        batch=batch, place=found.place[:200], column=_end(found.column, 80), code=found.code, value=found.value[:200]
    )


def _end(text: str, longest: int) -> str:
    """Of a place deep in a file, where it ends says most."""
    return text if len(text) <= longest else f"…{text[1 - longest :]}"
