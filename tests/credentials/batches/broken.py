"""One ZIP of PDFs in which everything is wrong that can be wrong beside other things, and what must be said of it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from attesta.credentials.batches.findings import Code
from attesta.credentials.rules import Refusal
from tests.credentials import files as pdf_files
from tests.credentials.batches import files, hostile
from tests.harness.pdfs import make_pdf

HEADER = [*files.INDEX, "remarque interne", "Courriel", "", "# notre code"]
TAKEN, REVOKED = "D-TAKEN", "D-REVOKED"


class Row(NamedTuple):
    """What is changed in a sound row, and its only problem: in which column, told by which value."""

    column: str
    code: str
    changed: dict[str, str]
    told: str | None = None


ROWS = [
    Row("document_number", Code.MISSING, {"document_number": " "}),
    Row("learner_email", Code.MISSING, {"learner_email": ""}),
    Row("title_en", Code.MISSING, {"title_en": ""}),
    Row("issued_on", Code.MISSING, {"issued_on": ""}),
    Row("file", Code.MISSING, {"file": ""}),
    Row("learner_name", Code.TOO_LONG, {"learner_name": "Z" * 151}, "Z" * 79 + "…"),
    Row("title_fr", Code.GARBLED, {"title_fr": "DiplÃ´me"}),
    Row("learner_name", Code.LOST_LETTERS, {"learner_name": "Zo\ufffd"}),
    Row("title_fr", Code.FORMULA, {"title_fr": "=A1"}),
    Row("title_en", Code.SPREADSHEET_ERROR, {"title_en": "#N/A"}),
    Row("document_number", Code.ROUNDED, {"document_number": "1.23457E+11"}),
    Row("learner_email", Code.EMAIL_INVALID, {"learner_email": "zoe(at)example.org"}),
    Row("learner_email", Code.EMAIL_SEVERAL, {"learner_email": "zoe@example.org; alex@example.org"}),
    Row("issued_on", Code.DATE_INVALID, {"issued_on": "22 mars 2024"}),
    Row("issued_on", Code.DATE_AMBIGUOUS, {"issued_on": "03/04/2024"}),
    Row("expires_on", Code.DATE_SHORT_YEAR, {"expires_on": "22/03/34"}),
    Row("issued_on", Code.DATE_SERIAL, {"issued_on": "45373"}),
    Row("issued_on", Code.ISSUED_IN_FUTURE, {"issued_on": "2199-01-01"}),
    Row("expires_on", Code.EXPIRES_BEFORE_ISSUED, {"expires_on": "2024-03-22"}),
    Row("document_number", Code.NUMBER_TWICE, {"document_number": "D-SOUND"}),
    Row("document_number", Code.NUMBER_TAKEN, {"document_number": TAKEN}),
    Row("document_number", Code.NUMBER_REVOKED, {"document_number": REVOKED}),
    Row("file", Code.FILE_NOT_THERE, {"file": "nowhere.pdf"}),
    Row("file", Code.FILE_NAMED_TWICE, {"file": "sound.pdf"}),
]
PDFS: dict[str, Callable[[], bytes]] = {
    code: make for code, make in pdf_files.REFUSED.items() if code not in {Refusal.UNREADABLE, Refusal.TOO_LARGE}
}
ENTRIES: list[tuple[str, bytes, hostile.Change | None, int | None, Code]] = [
    ("locked.pdf", b"x", hostile.locked, None, Code.FILE_LOCKED),
    ("../slip.pdf", b"x", None, None, Code.FILE_NAME_UNSAFE),
    ("sound.pdf", b"x", None, None, Code.FILE_TWICE),
    ("link.pdf", b"/etc/passwd", hostile.link, None, Code.FILE_IS_LINK),
    ("more.zip", b"x", None, None, Code.FILE_IS_ARCHIVE),
    ("lzma.pdf", b"x", None, zipfile.ZIP_LZMA, Code.FILE_COMPRESSION),
    ("bomb.pdf", hostile.zeros(24), None, None, Code.ARCHIVE_BOMB),
]
Told = tuple[str, str, str, str]


def batch() -> tuple[bytes, list[Told]]:
    """The ZIP, and place, column, code and value of every problem, in the order in which they are told."""
    packer, index = hostile.Packer(), Index()
    index.add("D-SOUND", file="sound.pdf")
    packer.add("sound.pdf", make_pdf())
    told = [
        *_of_archive(packer),
        ("stray.pdf", "", Code.FILE_NOT_LISTED, ""),
        ("1", "remarque interne", Code.COLUMN_UNKNOWN, ""),
        ("1", "learner_email", Code.COLUMN_TWICE, "Courriel"),
    ]
    rows = _of_rows(packer, index)
    told += _of_lines(index)
    packer.add("stray.pdf", make_pdf())
    packer.add("index.csv", index.text)
    return packer.done(), sorted(told + rows, key=lambda found: int(found[0]) if found[0].isdecimal() else 0)


class Index:
    """The table, and on which line its next row stands."""

    def __init__(self) -> None:
        self.text = ""
        self.line = 1
        self.write(HEADER)

    def write(self, cells: list[str]) -> str:
        """Its line."""
        out = io.StringIO(newline="")
        csv.writer(out).writerow(cells)
        return self.raw(out.getvalue())

    def raw(self, text: str) -> str:
        line = self.line
        self.text += text
        self.line += 1
        return str(line)

    def add(self, number: str, **changed: str) -> str:
        row = {"document_number": number, "file": f"{number}.pdf", **files.ROW, **changed}
        return self.write([row.get(column, "") for column in files.INDEX])


def _of_archive(packer: hostile.Packer) -> list[Told]:
    for name, content, change, method, _ in ENTRIES:
        packer.add(name, content, change, method)
    return [(name, "", code, "") for name, _, _, _, code in ENTRIES]


def _of_rows(packer: hostile.Packer, index: Index) -> list[Told]:
    told: list[Told] = []
    for position, row in enumerate(ROWS):
        number = f"R-{position}"
        packer.add(f"{number}.pdf", make_pdf(text=number)) if "file" not in row.changed else None
        line = index.add(number, **row.changed)
        value = row.told if row.told is not None else row.changed[row.column].strip()
        told.append((line, row.column, row.code, value))
    for code, make in PDFS.items():
        packer.add(f"{code}.pdf", make(), method=zipfile.ZIP_STORED)
        told.append((index.add(f"P-{code}", file=f"{code}.pdf"), "file", code, ""))
    packer.add("damaged-part.pdf", make_pdf(), hostile.damaged)
    told.append((index.add("P-part", file="damaged-part.pdf"), "file", Code.FILE_DAMAGED, "damaged-part.pdf"))
    packer.add("huge.pdf", make_pdf(), hostile.huge)
    told.append((index.add("P-huge", file="huge.pdf"), "file", Code.FILE_TOO_LARGE, "huge.pdf"))
    return told


def _of_lines(index: Index) -> list[Told]:
    """Lines that are none; their documents have no row of their own."""
    empty = [""] * len(HEADER)
    return [
        (index.write(["", *empty[1:-2], "dangling", ""]), "", Code.COLUMN_UNNAMED, "dangling"),
        (index.write([*empty, "overhanging"]), "", Code.TOO_MANY_CELLS, "overhanging"),
        (index.raw('"x" y,D-9\r\n'), "", Code.QUOTE_MISPLACED, ""),
        (index.raw('"never closed\r\n'), "", Code.QUOTE_OPEN, ""),
    ]
