"""Days as institutions count them: where they are (the TIME_ZONE setting), wherever a reader is."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def today() -> date:
    return of(timezone.now())


def of(moment: datetime) -> date:
    """The day on which ``moment`` falls there."""
    return timezone.localdate(moment, timezone=timezone.get_default_timezone())


def beginning(day: date) -> datetime:
    """Its first moment there."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
