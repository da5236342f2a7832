"""What was settled long ago leaves the outbox; what still waits never does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from attesta.config.worker import JOBS
from attesta.mail import outbox
from attesta.mail.forgetting import forget_settled
from attesta.mail.models import Letter, State
from tests.mail.scribe import NOON, note

pytestmark = pytest.mark.django_db


def settled(state: State, at: datetime) -> Letter:
    letter = note(f"{state}@example.org")
    Letter.objects.filter(pk=letter.pk).update(state=state, settled_at=at, due_at=None)
    return letter


def test_settled_letters_are_forgotten_after_their_time_and_unsettled_ones_never(settings: Settings) -> None:
    settings.KEEP_LETTERS_DAYS = 30
    now = NOON + timedelta(days=30)
    waiting = note("waiting@example.org")
    late = settled(State.DEAD, NOON)
    for state in (State.SENT, State.DEAD, State.WITHDRAWN):
        settled(state, NOON - timedelta(seconds=1))
    assert forget_settled(now=now, limit=2) == 2
    assert forget_settled(now=now, limit=2) == 1
    assert forget_settled(now=now, limit=2) == 0
    assert set(Letter.objects.all()) == {waiting, late}
    assert outbox.requeue(late)
    assert forget_settled(now=now + timedelta(days=3650)) == 0


def test_the_worker_forgets() -> None:
    settled(State.SENT, NOON)
    [job] = [job for job in JOBS if job.name == "letters"]
    assert job.run(NOON + timedelta(days=91), bool) == 1
