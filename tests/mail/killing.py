"""``kill -9`` of server and worker, again and again, while a learner shares by e-mail and letters leave by SMTP.

The test does it a few times, ``python -m bench.kills`` fifty.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from tests.harness.server import RunningServer
from tests.mail import sharing
from tests.mail.post_office import Manner, PostOffice
from tests.mail.sharing import Browser

UNBOUND = {"ATTESTA_INVITATIONS_A_DAY": "1000000"}  # this learner shares more than a day's letters
MANNER = Manner(delay=0.01, silence=0.01)  # long enough to be killed in the middle of a letter

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


def lose_nothing(product: RunningServer, post_office: PostOffice, *, kills: int, longest: float) -> str:
    """What happened, in words. ``longest``: seconds for all kills; past them the first half of them is enough.

    Raises AssertionError when a share that was acknowledged is missing or incomplete, when a letter did not arrive, or
    when two copies of one letter differ in their Message-ID.
    """
    document = sharing.prepare(product)
    stop = Event()
    with ThreadPoolExecutor(1) as learners:
        learner = learners.submit(share_until, stop, Browser(product, document))
        try:
            killed = kill_again_and_again(product, learner, kills, longest)
        finally:
            stop.set()
    acknowledged = learner.result()
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
    assert len(shares) > killed
    twice = arrived.total() - len(arrived)
    return f"{killed} kills: {len(shares)} shares, {len(arrived)} letters, {twice} sent twice"


def share_until(stop: Event, browser: Browser) -> dict[str, str]:
    """Address → key of the form, of every share that was acknowledged; the last one is waited for."""
    acknowledged: dict[str, str] = {}
    while not stop.is_set():
        to = f"r-{len(acknowledged)}@example.org"
        acknowledged[to] = browser.share(to)
    return acknowledged


def kill_again_and_again(product: RunningServer, learner: Future[dict[str, str]], kills: int, longest: float) -> int:
    """How often both were killed. Ends early when the learner met something else than an unanswered request."""
    chance = random.Random(20261122)
    end = time.monotonic() + longest
    for killed in range(kills):
        if killed >= kills / 2 and time.monotonic() > end:
            return killed
        time.sleep(chance.uniform(0.1, 0.9))
        assert not learner.done(), "the learner gave up"
        product.kill()
        product.start()
    return kills
