"""Dates of every habit, and cells that a spreadsheet or a wrong encoding spoiled."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attesta.credentials.batches.findings import Code
from attesta.credentials.batches.sources import cells

DAY = date(2024, 3, 22)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-22",
        "2024/3/22",
        "2024.03.22",
        "22/03/2024",
        "22-3-2024",
        "3/22/2024",
        "22.03.2024",
        "2024-03-22 00:00:00",
        "2024-03-22T00:00",
        "2024-03-22T00:00:00.000Z",
        " 2024-03-22 ",
    ],
)
def test_one_day_written_in_many_ways(text: str) -> None:
    assert cells.day(text) == DAY


def test_day_and_month_that_are_the_same_are_not_ambiguous() -> None:
    assert cells.day("05/05/2024") == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2024", Code.DATE_AMBIGUOUS),
        ("12-11-2024", Code.DATE_AMBIGUOUS),
        ("22/03/24", Code.DATE_SHORT_YEAR),
        ("45373", Code.DATE_SERIAL),
        ("45373,0", Code.DATE_SERIAL),
        ("2024-02-30", Code.DATE_INVALID),
        ("32/13/2024", Code.DATE_INVALID),
        ("22 mars 2024", Code.DATE_INVALID),
        ("2024-03-22 14:03", Code.DATE_INVALID),
        ("1024-03-22", Code.DATE_INVALID),
        ("9024-03-22", Code.DATE_INVALID),
        ("22/03-2024", Code.DATE_INVALID),
        ("٢٠٢٤-٠٣-٢٢x", Code.DATE_INVALID),
    ],
)
def test_what_is_no_date(text: str, code: Code) -> None:
    with pytest.raises(cells.Unreadable) as problem:
        cells.day(text)
    assert problem.value.code == code


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert cells.day(day.isoformat()) == day
    if day.day > 12:
        assert cells.day(f"{day:%d/%m/%Y}") == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    cells.text_problem(text)
    with contextlib.suppress(cells.Unreadable):
        cells.day(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ZoÃ© Citoyenne", Code.GARBLED),
        ("Lâ€™Ã©cole", Code.GARBLED),
        ("UniversitÃ‰", Code.GARBLED),
        ("Zo\ufffd Citoyenne", Code.LOST_LETTERS),
        ('="00123"', Code.FORMULA),
        ("=A1", Code.FORMULA),
        ("#N/A", Code.SPREADSHEET_ERROR),
        ("#REF!", Code.SPREADSHEET_ERROR),
        ("#VALEUR!", Code.SPREADSHEET_ERROR),
        ("########", Code.SPREADSHEET_ERROR),
    ],
)
def test_spoiled_cells(text: str, code: Code) -> None:
    assert cells.text_problem(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zoé",
        "Âge d’or",
        "ÉCOLE",
        "São Tomé",
        "Nguyễn",
        "Ivanović",
        "Ἀθῆναι",
        "« Ô »",
        "A+",
        "-",
        "@home",
        "C# avancé",
        "PÂTÉ",
        "TÊTE-À-TÊTE",
        "Île",
        "naïveté",
        "50 % à 60 %",
        "#1",
    ],
)
def test_names_of_the_world_are_not_spoiled(text: str) -> None:
    assert cells.text_problem(text) is None


@pytest.mark.parametrize(
    ("text", "rounded"), [("1.23457E+11", True), ("1,2E-05", True), ("2E5", False), ("12E+01", False), ("E-12", False)]
)
def test_numbers_that_a_spreadsheet_shortened(text: str, rounded: bool) -> None:
    assert cells.is_rounded(text) is rounded
