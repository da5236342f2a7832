"""What can be wrong with a handed-in file, and where. Sentences for each stand in ``batches/problems.py``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

LONGEST_TOLD = 80
LINE = re.compile(r"[0-9]{1,9}")


class Code(StrEnum):
    """Beside these, a PDF's own refusals (``credentials.rules.Refusal``) are codes of problems too."""

    # the archive
    ARCHIVE_DAMAGED = "archive-damaged"
    ARCHIVE_EMPTY = "archive-empty"
    ARCHIVE_CROWDED = "archive-crowded"
    ARCHIVE_BOMB = "archive-bomb"
    ARCHIVE_TOO_LARGE = "archive-too-large"
    FILE_LOCKED = "file-locked"
    FILE_NAME_UNSAFE = "file-name-unsafe"
    FILE_TWICE = "file-twice"
    FILE_IS_LINK = "file-is-link"
    FILE_IS_ARCHIVE = "file-is-archive"
    FILE_COMPRESSION = "file-compression"
    FILE_DAMAGED = "file-damaged"
    FILE_TOO_LARGE = "file-too-large"
    INDEX_MISSING = "index-missing"
    INDEX_TWICE = "index-twice"

    # the table
    TABLE_IS_SPREADSHEET = "table-is-spreadsheet"
    TABLE_IS_BINARY = "table-is-binary"
    TABLE_ENCODING = "table-encoding"
    TABLE_EMPTY = "table-empty"
    TABLE_TOO_LONG = "table-too-long"
    HEADER_MISSING = "header-missing"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_TWICE = "column-twice"
    COLUMN_UNNAMED = "column-unnamed"
    QUOTE_OPEN = "quote-open"
    QUOTE_MISPLACED = "quote-misplaced"
    CELL_TOO_LONG = "cell-too-long"
    TOO_MANY_CELLS = "too-many-cells"

    # a cell
    MISSING = "missing"
    TOO_LONG = "too-long"
    GARBLED = "garbled"
    LOST_LETTERS = "lost-letters"
    FORMULA = "formula"
    SPREADSHEET_ERROR = "spreadsheet-error"
    ROUNDED = "rounded"
    EMAIL_INVALID = "email-invalid"
    EMAIL_SEVERAL = "email-several"
    DATE_INVALID = "date-invalid"
    DATE_AMBIGUOUS = "date-ambiguous"
    DATE_SHORT_YEAR = "date-short-year"
    DATE_SERIAL = "date-serial"
    ISSUED_IN_FUTURE = "issued-in-future"
    EXPIRES_BEFORE_ISSUED = "expires-before-issued"
    NUMBER_TWICE = "number-twice"
    NUMBER_TAKEN = "number-taken"
    NUMBER_REVOKED = "number-revoked"
    FILE_NOT_THERE = "file-not-there"
    FILE_NAMED_TWICE = "file-named-twice"
    FILE_NOT_LISTED = "file-not-listed"
    DIFFERS = "differs"
    UNPRINTABLE = "unprintable"

    # a transcript in XML
    FILE_NOT_XML = "file-not-xml"
    XML_NOT_READ = "xml-not-read"
    XML_DOCUMENT_TYPE = "xml-document-type"
    XML_NO_TRANSCRIPT = "xml-no-transcript"
    XML_VERSION = "xml-version"
    XML_TOO_LARGE = "xml-too-large"
    XML_NO_COURSES = "xml-no-courses"

    # while issuing
    INTERRUPTED = "interrupted"
    UNEXPECTED = "unexpected"

    # told, but in nobody's way
    ALREADY_ISSUED = "already-issued"
    CLEANED = "cleaned"


NOTES = frozenset({Code.ALREADY_ISSUED, Code.CLEANED})


class Finding(NamedTuple):
    """``place`` is a line of the table (its header is 1) or a file of the archive; ``value`` is what stood there."""

    place: str
    column: str
    code: str
    value: str = ""


class Broken(ValueError):
    """This file or document cannot be used, for all these reasons."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(", ".join(f"{found.place} {found.column}: {found.code}" for found in self.findings))


def line(found: Finding) -> int:
    """To sort by, as people go through a file: what concerns all of it and its files first, then line by line."""
    return int(found.place) if LINE.fullmatch(found.place) else 0


def shown(value: str) -> str:
    """Short enough to be told, on one line, and without what nobody sees: PostgreSQL keeps no U+0000."""
    line = " ".join("".join(c for c in value if c.isspace() or unicodedata.category(c)[0] != "C").split())
    return line if len(line) <= LONGEST_TOLD else f"{line[: LONGEST_TOLD - 1]}…"


def described(error: Exception) -> str:
    """Its kind and where it broke, without its words: they may quote somebody's data."""
    place = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
