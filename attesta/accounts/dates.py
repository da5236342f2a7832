"""Dates as Canadians write them, in the active language and time zone: ``22 mars 2024`` / ``March 22, 2024``."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language


def day(value: date | datetime | None) -> str:
    """The date alone; of a moment, the date it has where the reader is. Empty for None."""
    if value is None:
        return ""
    value = local(value)
    if french():
        return f"{ordinal(value.day)} {formatted(value, 'F Y')}"
    return formatted(value, "F j, Y")


def time_of_day(value: datetime) -> str:
    """``14:03`` / ``2:03 p.m.``"""
    return formatted(local(value), "H:i" if french() else "g:i a")


def local[D: (date, datetime)](value: D) -> D:
    """Aware moments move to the reader's zone; dates and naive moments stay."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def french() -> bool:
    return (get_language() or "fr").startswith("fr")


def ordinal(number: int) -> str:
    """French counts the first of a month and only the first: ``1er mars``."""
    return "1er" if number == 1 else str(number)
