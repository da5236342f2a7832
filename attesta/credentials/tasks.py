"""Sweeps of the worker: each takes a moment and a limit, and may run in several workers at once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import batched

from allauth.account.models import EmailAddress
from django.db.models import F
from django.utils import timezone

from attesta.credentials import actions
from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Credential, Page, Version
from attesta.credentials.pdf import Undrawable

log = logging.getLogger(__name__)

AT_ONCE = 5
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5


def render_pending(limit: int = 20, *, now: datetime | None = None) -> int:
    """Draw up to ``limit`` pages of versions that wait for it; how many were drawn."""
    now = now or timezone.now()
    drawn = 0
    for version in Version.objects.to_render(now)[:limit]:
        if drawn < limit and _take(version, now):
            drawn += _draw(version, limit - drawn, now)
    return drawn


def claim_proved(limit: int = 100) -> int:
    """Documents that slipped past: issued at the very moment their mailbox was proved."""
    proved = EmailAddress.objects.filter(
        verified=True, email__in=Credential.objects.filter(learner=None, release_due_at=None).values("learner_email")
    )
    return sum(actions.claim(person=row.user, email=row.email) for row in proved.select_related("user")[:limit])


def _take(version: Version, now: datetime) -> bool:
    """A lease by conditional UPDATE, which is the back-off too, should this worker die over it."""
    lease = LEASE * (version.render_attempts + 1)
    mine = Version.objects.filter(pk=version.pk, render_due_at=version.render_due_at)
    return mine.update(render_due_at=now + lease, render_attempts=F("render_attempts") + 1) == 1


def _draw(version: Version, budget: int, now: datetime) -> int:
    """Draw the next pages that are missing; note what remains."""
    there = set(Page.objects.filter(version=version).values_list("number", flat=True))
    missing = [number for number in range(1, version.page_count + 1) if number not in there]
    drawn = 0
    try:
        for pages in batched(missing[:budget], AT_ONCE):
            drawn += Contents(version).draw(pages)
    except (Undrawable, Missing) as problem:
        log.warning("Pages of version %s cannot be drawn: %s", version.pk, problem)
        if version.render_attempts + 1 >= MAX_ATTEMPTS:
            _note(version, None)
    else:
        _note(version, now if drawn < len(missing) else None)
    return drawn


def _note(version: Version, due: datetime | None) -> None:
    Version.objects.filter(pk=version.pk).update(render_due_at=due, render_attempts=0)
