"""The worker's side of the outbox: claim a letter, send it, settle it.

A claim is one conditional UPDATE that leaves a lease; sending holds no transaction; settling is one
transaction of the letter's state and of whatever its composer writes down about it. A worker that dies in
between leaves its lease to run out: the letter then leaves again, with the same Message-ID.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from attesta.mail import composers, envelopes, failures
from attesta.mail.line import Line
from attesta.mail.models import Letter, State
from attesta.mail.querysets import LetterQuerySet
from attesta.mail.rules import BACK_OFF, LEASE, Failure, Reason, next_try, worn_out

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """The mail server took it."""


@dataclass(frozen=True, slots=True)
class NoLongerTrue:
    """Its composer has nothing to say any more; ``because``, if it told why."""

    because: str = ""


type Result = Sent | NoLongerTrue | Failure


def deliver_due(*, now: datetime, limit: int = 50, stop: Callable[[], bool] = bool) -> int:
    """Send what is due, the oldest first. Returns how many letters the mail server was asked to take.

    When it cannot be reached or stops answering, one letter notes it and the others wait untouched: the caller has
    its turn. It returns 0 for a server that cannot be reached, so that the caller rests a little.
    """
    clock = _running(now)
    taken = 0
    with Line() as line:
        while taken < limit and (id := _next(clock())):
            trouble = line.open()
            letter = _claim(id, at=clock())
            if letter is None:
                continue
            result = trouble or _send(letter, line)
            _settle(letter, result, clock)
            taken += trouble is None
            if isinstance(result, Failure) and (trouble or result.of_line):
                break
    return taken


def _running(now: datetime) -> Callable[[], datetime]:
    """A clock that starts at ``now``: a batch may take longer than a lease."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _next(at: datetime) -> UUID | None:
    return Letter.objects.takeable(at).order_by("due_at", "id").values_list("id", flat=True).first()


def _claim(id: UUID, *, at: datetime) -> Letter | None:
    """None when another worker was faster."""
    lease = uuid.uuid4()
    with transaction.atomic(durable=True):
        won = (
            Letter.objects.takeable(at)
            .filter(pk=id)
            .update(state=State.SENDING, lease=lease, leased_until=at + LEASE, attempts=F("attempts") + 1)
        )
    return Letter.objects.filter(pk=id, lease=lease).first() if won else None


def _send(letter: Letter, line: Line) -> Result:
    if worn_out(letter.attempts):
        return Failure(Reason.INTERRUPTED)
    message = _written(letter)
    if not isinstance(message, EmailMultiAlternatives):
        return message
    try:
        line.send(message)
    except Exception as error:
        return failures.of_sending(error)
    return Sent()


def _written(letter: Letter) -> EmailMultiAlternatives | NoLongerTrue | Failure:
    try:
        composition = composers.write(letter)
        return envelopes.message(letter, composition) if composition else NoLongerTrue()
    except composers.Untrue as untrue:
        return NoLongerTrue(untrue.because)
    except envelopes.AddressRefused as error:
        return failures.of_sending(error)
    except Exception as error:
        _report("a letter could not be written", letter, error)
        return Failure(Reason.NOT_WRITTEN)


def _settle(letter: Letter, result: Result, clock: Callable[[], datetime]) -> None:
    try:
        match result:
            case Sent():
                _finish(letter, State.SENT, at=clock())
            case NoLongerTrue(because):
                _finish(letter, State.WITHDRAWN, at=clock(), error=because)
            case Failure():
                _fail(letter, result, at=clock())
    except Exception as error:
        _report("a letter could not be settled and will leave again", letter, error)
        _put_off(letter, Failure(Reason.INTERRUPTED), at=clock())


def _fail(letter: Letter, failure: Failure, *, at: datetime) -> None:
    logger.warning("letter %s (%s), try %d: %s", letter.pk, letter.kind, letter.attempts, failure)
    if failure.final or next_try(letter.attempts) is None:
        _finish(letter, State.DEAD, at=at, error=str(failure))
    else:
        _put_off(letter, failure, at=at)


def _finish(letter: Letter, state: State, *, at: datetime, error: str = "") -> None:
    """The end of a letter, unless its lease was lost: then another worker's word counts."""
    with transaction.atomic(durable=True):
        ended = _ours(letter).update(
            state=state, settled_at=at, due_at=None, last_error=error, sealed=None, lease=None, leased_until=None
        )
        if not ended:
            logger.warning("letter %s: the lease ran out before it was settled", letter.pk)
            return
        letter.state, letter.settled_at, letter.due_at, letter.last_error = state, at, None, error
        if state != State.WITHDRAWN and composers.known(letter.kind):
            composers.of(letter.kind).settled(letter, at=at)


def _put_off(letter: Letter, failure: Failure, *, at: datetime) -> None:
    due = at + (next_try(letter.attempts) or BACK_OFF[-1])
    _ours(letter).update(state=State.QUEUED, due_at=due, last_error=str(failure), lease=None, leased_until=None)


def _ours(letter: Letter) -> LetterQuerySet:
    return Letter.objects.filter(pk=letter.pk, state=State.SENDING, lease=letter.lease)


def _report(what: str, letter: Letter, error: Exception) -> None:
    """Where it broke, without the words of the exception: they may quote a link or a code."""
    place = extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    logger.error("%s: %s (%s), %s at %s", what, letter.pk, letter.kind, type(error).__name__, where)
