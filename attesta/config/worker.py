"""The worker's round: letters, page images, expiry notices, tidying. Every job is safe beside other workers.

A job that raises never stops the others; its log line names the error's kind and place, never its
words, which may hold an address. While the database is away the worker waits, longer each time.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb

from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from attesta.accounts import tasks as account_tasks
from attesta.credentials import actions as credential_actions
from attesta.credentials import tallies
from attesta.credentials import tasks as credential_tasks
from attesta.credentials.batches import tasks as batch_tasks
from attesta.credentials.sealing import renewing
from attesta.mail import delivery, forgetting
from attesta.shares import actions as share_actions
from attesta.vault import sweeping

logger = logging.getLogger(__name__)

IDLE = 0.5  # seconds after a round that found nothing
BUSY = 0.02
LONGEST_WAIT = 30.0
BEAT = 15.0


type Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` does a bounded piece of work, returns how many things it did, and rests ``every`` seconds.

    It is given the moment and a function that says whether the worker is to stop.
    """

    name: str
    run: Callable[[datetime, Stop], int]
    every: float = 0.0


JOBS: Sequence[Job] = (
    Job("mail", lambda now, stop: delivery.deliver_due(now=now, limit=20, stop=stop)),
    Job("expiries", lambda now, stop: share_actions.notice_expiries(now=now)),
    Job("batches", lambda now, stop: batch_tasks.work(20, now=now, stop=stop)),
    Job("pages", lambda now, stop: credential_tasks.render_pending(5, now=now)),
    Job("renewals", lambda now, stop: renewing.renew_due(now=now), every=10),
    Job("releases", lambda now, stop: credential_actions.release_due(now=now), every=5),
    Job("claims", lambda now, stop: credential_tasks.claim_proved(), every=600),
    Job("tallies", lambda now, stop: tallies.roll_up(now=now), every=2),
    Job("tidying", lambda now, stop: share_actions.reap(now=now), every=60),
    Job("letters", lambda now, stop: forgetting.forget_settled(now=now), every=600),
    Job("accounts", lambda now, stop: account_tasks.tidy(now=now), every=3600),
    Job("sessions", lambda now, stop: clear_sessions(), every=3600),
    Job("orphans", lambda now, stop: sweeping.sweep(now), every=24 * 3600),
)


def clear_sessions() -> int:
    SessionStore.clear_expired()
    return 0


class Worker:
    """Runs its jobs round after round until ``stop``; the piece in hand is always finished."""

    def __init__(self, jobs: Sequence[Job] = JOBS) -> None:
        self.jobs = jobs
        self._due = dict.fromkeys((job.name for job in jobs), 0.0)
        self._stopping = threading.Event()
        self._left = threading.Event()
        self._outages = 0
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)

    def listen(self) -> None:
        """To SIGTERM and SIGINT. They wake it also when a thread of a job happens to be the one that they reach."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)

    def stop(self, *_signal: object) -> None:
        self._stopping.set()
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake, b"\0")

    def run(self) -> None:
        threading.Thread(target=self._live, daemon=True).start()
        while not self._stopping.is_set():
            done = self.round()
            if select.select([self._woken], [], [], self.pause(done))[0]:
                self._stopping.set()
        self.leave()
        self._left.set()

    def _live(self) -> None:
        """Beside a slow job: what was begun and rests stays ours as long as this process lives, and no longer."""
        while not self._left.wait(BEAT):
            try:
                batch_tasks.stay(timezone.now())
            except Exception as problem:
                logger.error("A dry run at rest could not be kept: %s", describe(problem))
                connection.close()
        connection.close()

    def leave(self) -> None:
        """What it has begun and not finished is the other workers' at once; without a database, once a lease is out."""
        with contextlib.suppress(OperationalError, InterfaceError):
            batch_tasks.let_go()

    def round(self) -> int:
        """Every job that is due, once; the number of things done."""
        done = 0
        for job in self.jobs:
            if self._stopping.is_set() or time.monotonic() < self._due[job.name]:
                continue
            self._due[job.name] = time.monotonic() + job.every
            try:
                done += job.run(timezone.now(), self._stopping.is_set)
            except (OperationalError, InterfaceError) as problem:
                self._lost_database(job, problem)
                return done
            except Exception as problem:
                logger.error("The job %s failed: %s", job.name, describe(problem))
        self._outages = 0
        return done

    def _lost_database(self, job: Job, problem: Exception) -> None:
        """A fresh connection next time."""
        self._outages += 1
        logger.error("The job %s could not use the database: %s", job.name, describe(problem))
        connection.close()

    def pause(self, done: int) -> float:
        if self._outages:
            return min(LONGEST_WAIT, 0.5 * 2.0**self._outages)
        return BUSY if done else IDLE


def describe(problem: BaseException) -> str:
    """Kind and places of an error, without its words."""
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in extract_tb(problem.__traceback__)]
    return f"{type(problem).__name__} at {' > '.join(places[-4:])}"
