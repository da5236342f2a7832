"""Dates on pages: ``22 mars 2024, 14:03`` / ``March 22, 2024, 2:03 p.m.``"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.dateformat import format as formatted

from attesta.accounts.dates import day, time_of_day

__all__ = ["day", "moment", "month"]


def month(value: date) -> str:
    """``mars 2024`` / ``March 2024``"""
    return str(formatted(value, "F Y"))


def moment(value: datetime | None) -> str:
    """Date and time to the minute. Empty for None."""
    return f"{day(value)}, {time_of_day(value)}" if value else ""
