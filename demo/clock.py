"""Weeks of history told in seconds: while it is told, the one clock shows the time of the telling.

Every action reads ``django.utils.timezone.now``. Only the demonstration's own seeding replaces it, in its own
process and inside ``at`` alone; the product has no other clock and no way to set this one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """From ``moment`` on, and running: what happens later inside is later."""
    real, started = timezone.now, time.monotonic()

    def told() -> datetime:
        return moment + timedelta(seconds=time.monotonic() - started)

    timezone.now = told
    try:
        yield
    finally:
        timezone.now = real
