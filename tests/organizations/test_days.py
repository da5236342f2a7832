"""A day is the institutions' day, wherever its reader is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import time_machine
from django.utils import timezone

from attesta.organizations import days

LATE = datetime(2024, 3, 23, 3, 30, tzinfo=UTC)


def test_a_moment_falls_on_the_institutions_day() -> None:
    with timezone.override("Asia/Tokyo"):
        assert days.of(LATE) == date(2024, 3, 22)


def test_today_is_the_institutions_today() -> None:
    with time_machine.travel(LATE, tick=False), timezone.override("Asia/Tokyo"):
        assert days.today() == date(2024, 3, 22)


def test_a_day_begins_at_the_institutions_midnight() -> None:
    with timezone.override("Asia/Tokyo"):
        assert days.beginning(date(2024, 3, 22)) == datetime(2024, 3, 22, 4, tzinfo=UTC)
