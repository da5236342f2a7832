"""Reads what people write in cells, and keeps everything that is wrong with a row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from attesta.accounts.words import tidy
from attesta.credentials import rules
from attesta.credentials.composing.columns import Column, Form

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TERM = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")
NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?")
LONGEST_TOLD = 80


class Problem(NamedTuple):
    """``value`` is what was found, shortened."""

    column: str
    code: str
    value: str


class FieldProblems(ValueError):
    """All that is wrong. ``rows`` says for each problem in which row (from 0) of the document's rows it is."""

    def __init__(self, problems: list[Problem], rows: list[int]) -> None:
        super().__init__(", ".join(f"{problem.column}: {problem.code}" for problem in problems))
        self.problems = problems
        self.rows = rows

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


class Values:
    """Takes values out of rows by column; what cannot be taken is a problem and reads as if it were empty."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.rows: list[int] = []

    def found(self, column: str, code: str, value: str = "", row: int = 0) -> None:
        shown = value if len(value) <= LONGEST_TOLD else value[: LONGEST_TOLD - 1] + "…"
        self.problems.append(Problem(column, code, shown))
        self.rows.append(row)

    def complete(self) -> None:
        """Raises FieldProblems when anything was found."""
        if self.problems:
            raise FieldProblems(self.problems, self.rows)

    def take(self, column: Column, mapping: Mapping[str, str], row: int = 0, place: str = "") -> Any:
        """``place`` comes before the column's name where problems are told."""
        raw = mapping.get(column.name) or ""
        text = raw.strip() if column.form is Form.JSON else tidy_paragraphs(raw) if _long(column) else tidy(raw)
        name = place + column.name
        if not text:
            if column.required:
                self.found(name, "missing", row=row)
            return EMPTY[column.form]
        if len(text) > column.longest:
            self.found(name, "too-long", text, row)
            return EMPTY[column.form]
        try:
            return READERS[column.form](text)
        except Unreadable as problem:
            self.found(name, problem.code, text, row)
            return EMPTY[column.form]


class Unreadable(ValueError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def tidy_paragraphs(text: str) -> str:
    """Tidy paragraphs, parted by one empty line."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n\n".join(part for part in map(tidy, parts) if part)


def read_date(text: str) -> date:
    try:
        value = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None or not rules.is_likely(value):
        raise Unreadable("date-invalid")
    return value


def read_term(text: str) -> str:
    if not TERM.fullmatch(text):
        raise Unreadable("term-invalid")
    return text


def read_number(text: str) -> Decimal:
    """With a decimal point or comma; never negative."""
    if not NUMBER.fullmatch(text) or not text.isascii():
        raise Unreadable("number-invalid")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Unreadable("number-invalid") from None


def read_json(text: str) -> tuple[dict[str, str], ...]:
    """A list of flat objects; numbers in them are kept as they are written."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unreadable("json-invalid") from None
    if not isinstance(found, list) or not all(_flat(item) for item in found):
        raise Unreadable("json-invalid")
    return tuple({key: value or "" for key, value in item.items()} for item in found)


def _flat(item: object) -> bool:
    return isinstance(item, dict) and all(value is None or isinstance(value, str) for value in item.values())


def _long(column: Column) -> bool:
    return column.form is Form.PARAGRAPHS


EMPTY: dict[Form, Any] = {
    Form.TEXT: "",
    Form.PARAGRAPHS: "",
    Form.DATE: None,
    Form.TERM: "",
    Form.NUMBER: None,
    Form.JSON: (),
}
READERS: dict[Form, Any] = {
    Form.TEXT: str,
    Form.PARAGRAPHS: str,
    Form.DATE: read_date,
    Form.TERM: read_term,
    Form.NUMBER: read_number,
    Form.JSON: read_json,
}
