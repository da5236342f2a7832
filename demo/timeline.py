"""Tells stories in the order of time. A story does something, then says when it goes on.

Between two moments the worker's part is done for it: letters leave, expiries are noticed.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from attesta.mail import delivery
from attesta.shares import actions
from demo import clock
from demo.cast import Cast
from demo.models import ToldStory

Story = Callable[[Cast], Iterator[datetime]]
"""Yields the moment at which it goes on, always a later one and never in the future."""

LONGEST_SHARE = timedelta(days=100)
"""No story shares anything longer ago than this, so nothing can have expired before."""


def tell(stories: Mapping[str, Story], cast: Cast) -> int:
    """Those not told before, each once and for all. Returns how many."""
    settings.MAILERS = {"default": {"BACKEND": "demo.backend.KeepMail"}}  # whatever is set: stories write to nobody
    logging.getLogger("attesta.mail").setLevel(logging.ERROR)  # one letter fails on purpose
    told = set(ToldStory.objects.values_list("name", flat=True))
    new = {name: story(cast) for name, story in stories.items() if name not in told}
    waiting: list[tuple[datetime, str]] = []
    for name, story in new.items():
        _wait(waiting, name, story)
    swept = cast.now - LONGEST_SHARE
    while waiting:
        moment, name = heapq.heappop(waiting)
        swept = _sweep(swept, moment)
        with clock.at(moment):
            _wait(waiting, name, new[name])
            _deliver()
    _sweep(swept, cast.now)
    return len(new)


def _wait(waiting: list[tuple[datetime, str]], name: str, story: Iterator[datetime]) -> None:
    """Let the story do its next part and note when it goes on; at its end, that it was told."""
    moment = next(story, None)
    if moment is None:
        ToldStory.objects.create(name=name, told_at=timezone.now())
    else:
        heapq.heappush(waiting, (moment, name))


def _sweep(since: datetime, until: datetime) -> datetime:
    """What the worker would have noticed at each midnight in between. Returns the last one."""
    midnight = timezone.localtime(since, timezone.get_default_timezone())
    midnight = midnight.replace(hour=0, minute=1, second=0, microsecond=0)
    while (following := midnight + timedelta(days=1)) <= until:
        midnight = following
        with clock.at(midnight):
            actions.notice_expiries(now=timezone.now())
            _deliver()
    return max(midnight, since)


def _deliver() -> None:
    delivery.deliver_due(now=timezone.now() + timedelta(seconds=40))
