"""Several workers, real processes on one database of their own: none gets in another's way, a dead one is replaced."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.harness.server import RunningServer, kill_group
from tests.harness.templates import ROOT
from tests.mail.post_office import Manner, PostOffice

SEND = """
from datetime import timedelta
from django.utils import timezone
from attesta.mail.delivery import deliver_due
from tests.mail import scribe
scribe.register()
sent = 0
while taken := deliver_due(now=timezone.now() + timedelta(seconds={later})):
    sent += taken
print(sent)
"""
QUEUE = """
from tests.mail import scribe
for number in range({count}):
    scribe.note(to=f"recipient{{number}}@example.org")
"""
STATES = """
from attesta.mail.models import Letter
print(*Letter.objects.order_by("state").values_list("state", "attempts").distinct())
"""


@pytest.fixture
def product(post_office: PostOffice) -> Iterator[RunningServer]:
    with contextlib.closing(RunningServer(smtp=f"smtp://127.0.0.1:{post_office.port}")) as product:
        yield product


def start_sending(product: RunningServer) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SEND.format(later=0)]
    return subprocess.Popen(command, env=product.environment, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)


def test_workers_at_once_send_every_letter_once(product: RunningServer, post_office: PostOffice) -> None:
    post_office.usual = Manner(delay=0.05)
    product.shell(QUEUE.format(count=60))
    workers = [start_sending(product) for _ in range(3)]
    sent = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(sent) == 60
    assert {letter["To"] for letter in post_office.letters} == {f"recipient{n}@example.org" for n in range(60)}
    assert len(post_office.letters) == 60
    assert post_office.busiest > 1
    assert product.shell(STATES) == "('sent', 1)\n"


def test_trust_33_a_killed_workers_letter_leaves_again_with_its_message_id(
    product: RunningServer, post_office: PostOffice
) -> None:
    post_office.usual = Manner(silence=60)
    product.shell(QUEUE.format(count=1))
    worker = start_sending(product)
    wait_until_taken(post_office)
    kill_group(worker)
    post_office.usual = Manner()

    assert product.shell(STATES) == "('sending', 1)\n"
    assert product.shell(SEND.format(later=0)) == "0\n"
    assert product.shell(SEND.format(later=121)) == "1\n"
    assert product.shell(STATES) == "('sent', 2)\n"
    first, second = post_office.letters
    assert first["Message-ID"] == second["Message-ID"]


def wait_until_taken(post_office: PostOffice) -> None:
    end = time.monotonic() + 30
    while not post_office.letters and time.monotonic() < end:
        time.sleep(0.02)
    assert post_office.letters, "no letter arrived"
