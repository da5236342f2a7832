"""A small bar chart of views by day: geometry as plain numbers, drawn by the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT = 100
STEP = 10
BAR = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """``x``, ``y``, ``height`` in the picture's own units."""

    day: date
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    width: int
    total: int
    busiest: Bar


def chart(days: Sequence[tuple[date, int]]) -> Chart | None:
    """Bars for (day, count) pairs in time's order; None when there is nothing to draw."""
    highest = max((count for _, count in days), default=0)
    if not highest:
        return None
    bars = tuple(bar(place, when, count, highest) for place, (when, count) in enumerate(days))
    return Chart(bars, STEP * len(bars), sum(b.count for b in bars), max(bars, key=lambda b: b.count))


def bar(place: int, when: date, count: int, highest: int) -> Bar:
    height = max(round(HEIGHT * count / highest), 3) if count else 0
    return Bar(when, count, place * STEP + (STEP - BAR) // 2, HEIGHT - height, height)
