"""CSV as spreadsheets of every habit save it: which letters, which separator, which columns, which lines.

Lines are kept as they came and taken apart when they are asked for: 20,000 transcripts are many cells.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper

from attesta.credentials.batches.findings import Broken, Code, Finding, shown
from attesta.credentials.batches.sources import headers

MAX_LINES = 400_000
MAX_CELL = 250_000  # characters
MAX_LINE = 8 * 1024 * 1024  # characters: what has no line breaks is no table
MAX_COLUMNS = 500
SAMPLE = 64 * 1024
SEPARATORS = (",", ";", "\t")
FRENCH = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»‘’“”–—…°ªº·\u00a0")
csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table, from its ``line`` on (the header is 1): a quoted cell may hold several lines."""

    line: int
    text: str

    @property
    def place(self) -> str:
        return str(self.line)


@dataclass(slots=True)
class Table:
    """``columns`` by place; None is a column that is nobody's. ``findings`` is what is wrong with the table itself."""

    separator: str
    columns: tuple[str | None, ...] = ()
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def cells(self, record: Record) -> dict[str, str]:
        """What stands in each column, without spaces around it."""
        row = next(self._reader([record.text]))
        found = zip(self.columns, row, strict=False)
        return {column: cell.strip() for column, cell in found if column}

    def read(self, lines: Iterator[str], first: int) -> None:
        """Every record after the header, which ended before line ``first``."""
        tape = Tape(lines, first)
        reader = self._reader(tape)
        while True:
            line = tape.line
            try:
                row = next(reader, None)
            except csv.Error as error:
                tape.taken.clear()
                self._found(line, code := csv_code(error))
                if code is not Code.QUOTE_MISPLACED:
                    return  # the rest of the file hangs in that cell
                continue
            if row is None:
                return
            text = "".join(tape.taken)
            tape.taken.clear()
            self._keep(Record(line, text), row)
            if len(self.records) > MAX_LINES:
                self._found(line, Code.TABLE_TOO_LONG)
                return

    def _keep(self, record: Record, row: list[str]) -> None:
        if not any(cell.strip() for cell in row):
            return
        for place, cell in enumerate(row):
            nowhere = place >= len(self.columns)
            if cell.strip() and (nowhere or self.columns[place] == ""):
                self._found(record.line, Code.TOO_MANY_CELLS if nowhere else Code.COLUMN_UNNAMED, cell)
                return  # its cells may have slipped: nothing else is said of them
        self.records.append(record)

    def _found(self, line: int, code: Code, value: str = "") -> None:
        self.findings.append(Finding(str(line), "", code, shown(value)))

    def _reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.separator, strict=True)


class Tape:
    """Hands lines to the CSV reader and remembers which it took."""

    def __init__(self, lines: Iterator[str], first: int) -> None:
        self.lines, self.line, self.taken = lines, first, list[str]()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.taken.append(line)
        self.line += 1
        return line


def read(data: bytes, columns: Iterable[str], required: Sequence[str]) -> Table:
    """Raises Broken when its letters or its header cannot be made out."""
    text = TextIOWrapper(BytesIO(data), encoding=encoding(data), newline="")
    sample = text.read(SAMPLE)
    text.seek(0)
    lines = _lines(text)
    known = frozenset(columns)
    first, separator = _said_separator(sample)
    separator = separator or _likely_separator(sample, known)
    table = Table(separator)
    for _ in range(first - 1):
        next(lines)
    tape = Tape(lines, first)
    header = _header(table, tape)
    table.columns = _columns(header, known, table, tape.line - 1)
    missing = [name for name in required if name not in table.columns]
    table.findings += [Finding(str(first), name, Code.COLUMN_MISSING) for name in missing]
    table.read(lines, tape.line)
    if not table.records and not table.findings:
        raise Broken([Finding("", "", Code.TABLE_EMPTY)])
    return table


def _lines(text: TextIOWrapper) -> Iterator[str]:
    """Raises Broken at a line that is none."""
    number = 1
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise Broken([Finding(str(number), "", Code.CELL_TOO_LONG, shown(line[:SAMPLE]))])
        yield line
        number += 1


def encoding(data: bytes) -> str:
    """UTF-8 and UTF-16 with a mark, UTF-8 without; Windows-1252 when it can be nothing else. Raises Broken."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Broken([Finding("", "", Code.TABLE_IS_SPREADSHEET)])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _if_decodes(data, "utf-16")
    if b"\0" in data:
        raise Broken([Finding("", "", Code.TABLE_IS_BINARY)])
    try:
        _decoded(data, "utf-8")
    except UnicodeDecodeError:
        return _if_french(data)
    return "utf-8-sig"


def csv_code(error: csv.Error) -> Code:
    said = str(error)
    if "field larger" in said:
        return Code.CELL_TOO_LONG
    return Code.QUOTE_OPEN if "unexpected end" in said else Code.QUOTE_MISPLACED


def _if_decodes(data: bytes, name: str) -> str:
    try:
        _decoded(data, name)
    except UnicodeDecodeError:
        raise Broken([Finding("", "", Code.TABLE_ENCODING)]) from None
    return name


def _decoded(data: bytes, name: str) -> None:
    """A megabyte at a time: nothing of it is kept. Raises Broken for U+0000, which no table has."""
    decoder = codecs.getincrementaldecoder(name)()
    for place in range(0, len(data), 1 << 20):
        if "\0" in decoder.decode(data[place : place + (1 << 20)]):
            raise Broken([Finding("", "", Code.TABLE_IS_BINARY)])
    decoder.decode(b"", final=True)


def _if_french(data: bytes) -> str:
    """Other old encodings read as Windows-1252 show letters that neither language has."""
    file = BytesIO(data)
    for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), start=1):
        if line.isascii():
            continue
        text = line.decode("cp1252", errors="replace")
        if any(not c.isascii() and c not in FRENCH for c in text):
            raise Broken([Finding(str(number), "", Code.TABLE_ENCODING, shown(text))])
    return "cp1252"


def _said_separator(sample: str) -> tuple[int, str]:
    """Excel's first line ``sep=;``: on which line the header is, and the separator if it is said."""
    line = sample.split("\n", 1)[0].strip().strip('"')
    said = line[4:5] if line.lower().startswith("sep=") else ""
    return (2, said) if said in SEPARATORS and said else (1, "")


def _likely_separator(sample: str, known: frozenset[str]) -> str:
    """The one by which the most columns are known."""

    def score(separator: str) -> int:
        try:
            header = next(csv.reader(StringIO(sample, newline=""), delimiter=separator), [])
        except csv.Error:
            return 0
        return sum(headers.known_as(cell, known) is not None for cell in header[:MAX_COLUMNS])

    return max(SEPARATORS, key=score)


def _header(table: Table, tape: Tape) -> list[str]:
    reader = csv.reader(tape, delimiter=table.separator, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise Broken([Finding("1", "", csv_code(error))]) from None
    while header and not header[-1].strip():
        header.pop()
    return header


def _columns(header: list[str], known: frozenset[str], table: Table, line: int) -> tuple[str | None, ...]:
    """Raises Broken when no column is known: then this is no header at all."""
    place, columns = str(line), list[str | None]()
    for cell in header[:MAX_COLUMNS]:
        name = cell.strip()
        meant = headers.known_as(name, known)
        if meant is None and name and not name.startswith(headers.OWN):
            table.findings.append(Finding(place, shown(name), Code.COLUMN_UNKNOWN))
        if meant and meant in columns:
            table.findings.append(Finding(place, meant, Code.COLUMN_TWICE, shown(name)))
        columns.append(meant if meant and meant not in columns else None if name else "")
    if not any(columns):
        raise Broken([Finding(place, "", Code.HEADER_MISSING, shown(" ".join(header)))])
    return tuple(columns)
