"""``kill -9`` of server and worker, fifty times, while a learner shares by e-mail and letters leave by SMTP."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from tests.harness.server import RunningServer
from tests.mail import sharing
from tests.mail.post_office import Manner, PostOffice
from tests.mail.sharing import Browser

KILLS = 12 if os.environ.get("ATTESTA_DATABASE_URL") else 50  # on PostgreSQL a dozen: starting again is slow
LONGEST = 100.0  # seconds for all of them; on a busy machine the first half takes what it takes
LEARNERS = 1

DRAIN = """
from datetime import timedelta
from django.utils import timezone
from attesta.mail.delivery import deliver_due
from attesta.mail.rules import LEASE
while deliver_due(now=timezone.now() + LEASE):
    pass
"""
FACTS = """
import json
from attesta.activity.models import Line
from attesta.mail.models import Letter
from attesta.shares.models import Item, Share
print(json.dumps([{
    "to": share.recipient_email,
    "key": str(share.request_key),
    "documents": Item.objects.filter(share=share).count(),
    "lines": sorted(Line.objects.filter(share_id=share.id).values_list("verb", flat=True)),
    "letters": list(Letter.objects.filter(subject_id=share.id).values_list("message_id", "state")),
} for share in Share.objects.all()]))
"""

UNBOUND = {"ATTESTA_INVITATIONS_A_DAY": "1000000"}  # this learner shares more than a day's letters


@pytest.fixture
def product(post_office: PostOffice) -> Iterator[RunningServer]:
    post_office.usual = Manner(delay=0.01, silence=0.01)  # long enough to be killed in the middle of a letter
    smtp = f"smtp://127.0.0.1:{post_office.port}"
    with RunningServer(worker=True, workers=1, smtp=smtp, environment=UNBOUND) as running:
        yield running


@pytest.mark.timeout(600)
def test_trust_33_fifty_kills_lose_no_share_and_no_letter(
    product: RunningServer, post_office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    document = sharing.prepare(product)
    stop = Event()
    with ThreadPoolExecutor(LEARNERS) as learners:
        browsers = [Browser(product, document) for _ in range(LEARNERS)]
        sharing_now = [
            learners.submit(share_until, stop, browser, f"r{number}") for number, browser in enumerate(browsers)
        ]
        try:
            killed = kill_again_and_again(product, sharing_now)
        finally:
            stop.set()
    acknowledged = {to: key for learner in sharing_now for to, key in learner.result().items()}
    product.stop()
    product.shell(DRAIN)

    shares = {str(row["to"]): row for row in sharing.shell_json(product, FACTS)}
    assert {to: row["key"] for to, row in shares.items()} == acknowledged
    assert Counter(str(row["documents"]) for row in shares.values()) == {"1": len(shares)}
    assert Counter(str(row["lines"]) for row in shares.values()) == {"['email-sent', 'share-created']": len(shares)}
    to_recipients = [letter for letter in post_office.letters if letter["To"] != "zoe@example.org"]
    arrived = Counter((letter["To"], letter["Message-ID"]) for letter in to_recipients)
    expected = {to: row["letters"] for to, row in shares.items()}
    assert {to: [[id, "sent"]] for to, id in arrived} == expected
    assert len(arrived) == len(expected)

    twice = arrived.total() - len(arrived)
    story = f"{killed} kills: {len(shares)} shares, {len(arrived)} letters, {twice} sent twice"
    with capsys.disabled():
        sys.stderr.write(f"\n{story}\n")
    assert len(shares) > KILLS


def share_until(stop: Event, browser: Browser, name: str) -> dict[str, str]:
    """Address → key of the form, of every share that was acknowledged; the last one is waited for."""
    acknowledged: dict[str, str] = {}
    while not stop.is_set():
        to = f"{name}-{len(acknowledged)}@example.org"
        acknowledged[to] = browser.share(to)
    return acknowledged


def kill_again_and_again(product: RunningServer, sharing_now: list[Future[dict[str, str]]]) -> int:
    """How often both were killed. Ends early when a learner met something else than an unanswered request."""
    chance = random.Random(20261122)
    end = time.monotonic() + LONGEST
    for killed in range(KILLS):
        if killed >= KILLS / 2 and time.monotonic() > end:
            return killed
        time.sleep(chance.uniform(0.1, 0.9))
        assert not any(learner.done() for learner in sharing_now), "a learner gave up"
        product.kill()
        product.start()
    return KILLS
