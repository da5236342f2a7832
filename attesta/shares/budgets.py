"""Budgets in the database: they hold across processes and restarts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F

from attesta.shares.models import Budget
from attesta.shares.rules import DAY, Window
from attesta.vault.secrets import fingerprint

SPEND = """
INSERT INTO shares_budget ("key", "window", used) VALUES (%s, %s, 1)
ON CONFLICT ("key", "window") DO UPDATE SET used = shares_budget.used + 1 WHERE shares_budget.used < %s
"""


def spend(window: Window, *about: object, now: datetime) -> bool:
    """Take one from the budget of ``about``; False, and nothing taken, when it is used up."""
    if window.limit < 1:
        return False
    start = connection.ops.adapt_datetimefield_value(window.start(now))
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [_key(window, about), start, window.limit])
        return bool(cursor.rowcount > 0)


def spend_invitation(owner_id: UUID, *, now: datetime) -> bool:
    """One more letter to a stranger in this learner's name, as many a day as the operator allows."""
    return spend(Window(settings.INVITATIONS_A_DAY, DAY), "invitations", owner_id, now=now)


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
