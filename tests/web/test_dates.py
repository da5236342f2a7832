"""Dates as Canadians write them, by our own hand and by Django’s."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import formats, timezone, translation

from attesta.web import dates

AFTERNOON = datetime(2024, 3, 22, 18, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2024, 3, 22), "22 mars 2024", "March 22, 2024"),
        (date(2024, 3, 1), "1er mars 2024", "March 1, 2024"),
        (date(2023, 12, 8), "8 décembre 2023", "December 8, 2023"),
        (AFTERNOON, "22 mars 2024", "March 22, 2024"),
        (datetime(2024, 3, 2, 3, 0, tzinfo=UTC), "1er mars 2024", "March 1, 2024"),
        (None, "", ""),
    ],
)
def test_a_day_reads_as_canadians_write_it(value: date | None, french: str, english: str) -> None:
    with translation.override("fr"):
        assert dates.day(value) == french
    with translation.override("en"):
        assert dates.day(value) == english


def test_a_month_reads_alike_in_both_languages() -> None:
    with translation.override("fr"):
        assert dates.month(date(2024, 3, 1)) == "mars 2024"
    with translation.override("en"):
        assert dates.month(date(2024, 3, 1)) == "March 2024"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (AFTERNOON, "22 mars 2024, 14:03", "March 22, 2024, 2:03 p.m."),
        (datetime(2024, 3, 22, 13, 0, tzinfo=UTC), "22 mars 2024, 09:00", "March 22, 2024, 9:00 a.m."),
        (datetime(2024, 3, 22, 16, 0, tzinfo=UTC), "22 mars 2024, 12:00", "March 22, 2024, 12:00 p.m."),
        (datetime(2024, 3, 1, 5, 0, tzinfo=UTC), "1er mars 2024, 00:00", "March 1, 2024, 12:00 a.m."),
        (None, "", ""),
    ],
)
def test_a_moment_reads_to_the_minute(value: datetime | None, french: str, english: str) -> None:
    with translation.override("fr"):
        assert dates.moment(value) == french
    with translation.override("en"):
        assert dates.moment(value) == english


def test_a_moment_is_told_in_the_readers_own_zone() -> None:
    with timezone.override(ZoneInfo("America/Vancouver")), translation.override("fr"):
        assert dates.moment(AFTERNOON) == "22 mars 2024, 11:03"
    with timezone.override(ZoneInfo("Asia/Tokyo")), translation.override("fr"):
        assert dates.moment(AFTERNOON) == "23 mars 2024, 03:03"


def test_django_formats_dates_as_we_do() -> None:
    with translation.override("fr"):
        assert formats.date_format(AFTERNOON, "DATE_FORMAT") == "22 mars 2024"
    with translation.override("en"):
        assert formats.date_format(date(2024, 9, 5), "DATE_FORMAT") == "September 5, 2024"
        assert formats.date_format(datetime(2024, 3, 22, 14, 0), "TIME_FORMAT") == "2:00 p.m."
