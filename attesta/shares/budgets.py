"""Budgets in the database: they hold across processes and restarts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from attesta.shares.models import Budget
from attesta.shares.rules import Window
from attesta.vault.secrets import fingerprint

SPEND = """
INSERT INTO shares_budget ("key", "window", used) VALUES (%s, %s, 1)
ON CONFLICT ("key", "window") DO UPDATE SET used = shares_budget.used + 1 WHERE shares_budget.used < %s
"""


def spend(window: Window, *about: object, now: datetime) -> bool:
    """Take one from the budget of ``about``; False, and nothing taken, when it is used up."""
    start = connection.ops.adapt_datetimefield_value(window.start(now))
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [_key(window, about), start, window.limit])
        return bool(cursor.rowcount > 0)


def give_back(window: Window, *about: object, now: datetime) -> None:
    """Undo one ``spend``: what it paid for turned out to be right."""
    rows = Budget.objects.filter(key=_key(window, about), window=window.start(now), used__gt=0)
    rows.update(used=F("used") - 1)


def reap(now: datetime) -> int:
    """Forget windows that ended two days ago."""
    return Budget.objects.filter(window__lt=now - timedelta(days=2)).delete()[0]


def _key(window: Window, about: tuple[object, ...]) -> str:
    parts = ":".join(str(part) for part in (window.limit, window.length, *about))
    return fingerprint(parts, purpose="shares.budget")
