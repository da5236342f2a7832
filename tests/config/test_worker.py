"""The worker outlives a failing job, a lost database and a signal in the middle of its work."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError

from attesta.accounts.models import Person
from attesta.config import worker
from attesta.config.worker import Job, Stop, Worker
from attesta.credentials.models import Credential, Page
from tests.harness.server import RunningServer


class Counter:
    """A job that counts its runs, and raises ``problem`` for the first ``failures`` of them."""

    def __init__(self, problem: Exception | None = None, failures: int = 0) -> None:
        self.runs, self.problem, self.failures = 0, problem, failures

    def __call__(self, now: datetime, stop: Stop) -> int:
        self.runs += 1
        if self.problem and self.runs <= self.failures:
            raise self.problem
        return 1


def test_failing_job_stops_no_other_and_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    broken, healthy = Counter(ValueError("zoe@example.org 123456"), failures=9), Counter()
    caplog.set_level(logging.ERROR, logger="attesta")
    assert Worker([Job("broken", broken), Job("healthy", healthy)]).round() == 1
    assert (broken.runs, healthy.runs) == (1, 1)
    assert "The job broken failed: ValueError at worker.py" in caplog.text
    assert "zoe@example.org" not in caplog.text
    assert "123456" not in caplog.text


def test_lost_database_makes_the_worker_wait_longer_each_time_until_it_is_back(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    job = Counter(OperationalError("gone"), failures=3)
    busy = Worker([Job("mail", job)])
    pauses = []
    for _ in range(5):
        done = busy.round()
        pauses.append(busy.pause(done))
    assert pauses == [1.0, 2.0, 4.0, worker.BUSY, worker.BUSY]


def test_job_rests_between_its_runs() -> None:
    often, seldom = Counter(), Counter()
    busy = Worker([Job("often", often), Job("seldom", seldom, every=60)])
    for _ in range(3):
        busy.round()
    assert (often.runs, seldom.runs) == (3, 1)


def test_stop_finishes_the_job_in_hand_and_begins_no_other() -> None:
    after = Counter()

    def stops(now: datetime, stop: Stop) -> int:
        busy.stop()
        return int(stop())

    busy = Worker([Job("stops", stops), Job("after", after)])
    busy.run()
    assert after.runs == 0


@pytest.mark.django_db
def test_work_once_runs_every_job(diploma: Credential, zoe: Person) -> None:
    call_command("work", "--once")
    assert Page.objects.filter(version__credential=diploma).count() == 2


DRAWN = """
import time
from attesta.credentials.models import Page
end = time.monotonic() + 20
while Page.objects.count() < 6 and time.monotonic() < end:
    time.sleep(0.1)
print(Page.objects.count())
"""


def test_two_workers_draw_each_page_once() -> None:
    with closing(RunningServer()) as product:
        product.shell("from tests.harness import cast; cast.diploma(cast.zoe(), cast.institution(), pages=6)")
        product.start_worker()
        product.manage("work", "--once")
        assert product.shell(DRAWN) == "6\n"
        assert "The job" not in product.log
