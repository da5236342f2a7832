"""A ZIP of PDFs with ``index.csv``: one line a document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from unicodedata import normalize

from attesta.accounts.words import tidy
from attesta.credentials.batches import rules
from attesta.credentials.batches.documents import Entry, Uploaded
from attesta.credentials.batches.findings import Broken, Code, Finding, shown
from attesta.credentials.batches.sources import drafts, tables
from attesta.credentials.batches.sources.archives import Archive
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, FILE, ISSUED, NAME, NUMBER, TITLE_EN, TITLE_FR
from attesta.credentials.batches.sources.tables import Record, Table
from attesta.credentials.pdf import MAX_BYTES

INDEX = "index.csv"
REQUIRED = (FILE, NUMBER, EMAIL, TITLE_FR, TITLE_EN, ISSUED)
COLUMNS = (*REQUIRED, NAME, EXPIRES)
MAX_INDEX = 32 * 1024 * 1024


class PdfArchive:
    """Raises Broken on opening when there is no index to go by."""

    def __init__(self, data: bytes, *, today: date) -> None:
        self.today = today
        self.archive = Archive(data)
        self.folder, index = _index(self.archive)
        self.table = tables.read(self.archive.read(index, MAX_INDEX), COLUMNS, REQUIRED)
        self.findings = [*self.archive.findings, *self.table.findings]
        self._records = self.table.records[: rules.MAX_ROWS]
        if len(self.table.records) > rules.MAX_ROWS:
            self.findings.append(Finding("", "", Code.TABLE_TOO_LONG, str(len(self.table.records))))
        self.entries = [
            Entry(number, record.place, tidy(self.table.cells(record).get(NUMBER, "")))
            for number, record in enumerate(self._records, start=1)
        ]
        self._named = _by_file(self.table, self._records)
        self.findings += self._not_listed(index)

    def document(self, entry: Entry) -> Uploaded:
        """Raises Broken."""
        record = self._records[entry.number - 1]
        reader = drafts.Reader(self.table.cells(record), record.place, self.today)
        draft = reader.draft(titled=True)
        pdf = self._pdf(reader, record)
        if reader.findings:
            raise Broken(reader.findings)
        return Uploaded(draft, pdf)

    def _pdf(self, reader: drafts.Reader, record: Record) -> bytes:
        name = file_name(reader.row.get(FILE, ""))
        if not name:
            reader.found(FILE, Code.MISSING)
        elif self._named[name] != record.line:
            reader.found(FILE, Code.FILE_NAMED_TWICE)
        elif self.folder + name not in self.archive:
            reader.found(FILE, self.archive.why_not(self.folder + name))
        else:
            return self._bytes(reader, self.folder + name)
        return b""

    def _bytes(self, reader: drafts.Reader, name: str) -> bytes:
        try:
            return self.archive.read(name, MAX_BYTES)
        except Broken as broken:
            reader.found(FILE, broken.findings[0].code)
            return b""

    def _not_listed(self, index: str) -> Iterator[Finding]:
        """A file that nobody's line names was surely meant for somebody."""
        for name in self.archive.names:
            if name != index and not (name.startswith(self.folder) and name[len(self.folder) :] in self._named):
                yield Finding(shown(name), "", Code.FILE_NOT_LISTED)


def file_name(cell: str) -> str:
    """As the archive has it, however Windows would write it."""
    return normalize("NFC", cell.strip()).replace("\\", "/").removeprefix("./")


def _index(archive: Archive) -> tuple[str, str]:
    """The folder that everything lies in ("" or ending with a slash), and the index in it. Raises Broken."""
    found = [name for name in archive.names if PurePosixPath(name).name.lower() == INDEX and name.count("/") < 2]
    if len(found) != 1:
        code = Code.INDEX_TWICE if found else Code.INDEX_MISSING
        raise Broken([*archive.findings, Finding("", "", code, ", ".join(found))])
    return found[0][: -len(INDEX)], found[0]


def _by_file(table: Table, records: list[Record]) -> dict[str, int]:
    """On which line each file is named first."""
    lines: dict[str, int] = {}
    for record in records:
        lines.setdefault(file_name(table.cells(record).get(FILE, "")), record.line)
    return lines
