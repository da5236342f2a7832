"""The demonstration's clock: told time inside, real time again outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from demo import clock

MOMENT = datetime(2024, 3, 22, 14, 3, tzinfo=UTC)


def test_time_runs_on_from_the_told_moment() -> None:
    with clock.at(MOMENT):
        first, second = timezone.now(), timezone.now()
    assert MOMENT <= first <= second < MOMENT + timedelta(seconds=5)


def test_the_real_clock_returns_even_after_an_error() -> None:
    real = timezone.now
    with pytest.raises(KeyError), clock.at(MOMENT):
        raise KeyError
    assert timezone.now is real
