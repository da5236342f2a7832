"""Days and moments: a link's last day is inclusive, its end is the first moment of the day after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def closing(last_day: date) -> datetime:
    """The first moment at which a link that opens through ``last_day`` is closed, where the learner is."""
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())


def today() -> date:
    """Where the learner is."""
    return timezone.localdate()
