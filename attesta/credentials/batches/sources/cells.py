"""What people and spreadsheets write in cells: dates of every habit, text that lost its letters."""

from __future__ import annotations

import re
from datetime import date

from attesta.credentials import rules
from attesta.credentials.batches.findings import Code

MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?Z?$")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]0+)?")  # days since 1900, as spreadsheets keep dates
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE][+-]\d{2,3}")
SHEET_ERROR = re.compile(
    r"#(?:N/?A|NAME\?|NOM\s?\?|REF!|VALUE!|VALEUR\s?!|DIV/0\s?!|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|#+)", re.IGNORECASE
)
GARBLED = re.compile("[ÂÃâ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ€]")


class Unreadable(ValueError):
    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def text_problem(text: str) -> Code | None:
    """What is wrong with a cell whatever it means."""
    if not text or text.isascii():
        return _ascii_problem(text)
    if "\ufffd" in text:
        return Code.LOST_LETTERS
    return Code.GARBLED if GARBLED.search(text) and _was_utf8(text) else _ascii_problem(text)


def day(text: str) -> date:
    """2024-03-22, 2024/3/22, 22/03/2024 when it can mean one day only. Raises Unreadable."""
    text = MIDNIGHT.sub("", text.strip())
    if found := YEAR_FIRST.fullmatch(text):
        return _day(*map(int, found.groups()))
    if found := YEAR_LAST.fullmatch(text):
        return _either_way(int(found[1]), int(found[3]), int(found[4]))
    if SHORT_YEAR.fullmatch(text):
        raise Unreadable(Code.DATE_SHORT_YEAR)
    raise Unreadable(Code.DATE_SERIAL if SERIAL.fullmatch(text) else Code.DATE_INVALID)


def is_rounded(text: str) -> bool:
    """A long number that a spreadsheet shortened: 1.23E+11 is not what was typed."""
    return SCIENTIFIC.fullmatch(text) is not None


def _ascii_problem(text: str) -> Code | None:
    if text.startswith("="):
        return Code.FORMULA
    return Code.SPREADSHEET_ERROR if SHEET_ERROR.fullmatch(text) else None


def _was_utf8(text: str) -> bool:
    """Were these letters UTF-8 that was read as Windows-1252?"""
    pairs = [found for found in GARBLED.findall(text) if _decodes(found)]
    return bool(pairs) or _decodes(text)


def _decodes(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _either_way(first: int, second: int, year: int) -> date:
    """Day and month, or month and day: read when only one of them is a date, or both are the same."""
    readings = {found for pair in ((first, second), (second, first)) if (found := _maybe(year, *pair))}
    if len(readings) > 1:
        raise Unreadable(Code.DATE_AMBIGUOUS)
    if not readings:
        raise Unreadable(Code.DATE_INVALID)
    return readings.pop()


def _maybe(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return _day(year, month, day_of_month)
    except Unreadable:
        return None


def _day(year: int, month: int, day_of_month: int) -> date:
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        raise Unreadable(Code.DATE_INVALID) from None
    if not rules.is_likely(found):
        raise Unreadable(Code.DATE_INVALID)
    return found
