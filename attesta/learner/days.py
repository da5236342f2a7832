"""Days and moments: a link's last day is inclusive, its end is the first moment of the day after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

FURTHEST = 36_525
"""A hundred years, in days."""


def closing(last_day: date) -> datetime:
    """The first moment at which a link that opens through ``last_day`` is closed, where the learner is."""
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())


def today() -> date:
    """Where the learner is."""
    return timezone.localdate()


def imaginable(last_day: date) -> bool:
    """Whether a link may sensibly stay open that long; calendars end soon after the year 9999."""
    return last_day <= today() + timedelta(days=FURTHEST)
