"""Days and numbers as French and English write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
           "septembre", "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
}  # fmt: skip
SEASONS = {
    "fr": ("Hiver", "Été", "Automne"),
    "en": ("Winter", "Summer", "Fall"),
}


def day(value: date, language: str) -> str:
    month = MONTHS[language][value.month - 1]
    if language == "fr":
        return f"{'1er' if value.day == 1 else value.day} {month} {value.year}"
    return f"{month} {value.day}, {value.year}"


def term(code: str, language: str) -> str:
    """``Automne 2024`` for ``2024-09``: by four months, as Canadian institutions count."""
    year, month = code.split("-")
    return f"{SEASONS[language][(int(month) - 1) // 4]} {year}"


def number(value: Decimal | None, language: str, places: int | None = None) -> str:
    """With the decimal mark of the language; a dash for no value. Without ``places``, as it was given."""
    if value is None:
        return "–"
    text = f"{value:f}" if places is None else f"{value:.{places}f}"
    return text.replace(".", ",") if language == "fr" else text
