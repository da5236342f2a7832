"""A CSV of fields: one line a document, or one a course, with the same document number, for a transcript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attesta.accounts.words import tidy
from attesta.credentials.batches import rules
from attesta.credentials.batches.documents import Composed, Entry
from attesta.credentials.batches.findings import Broken, Code, Finding
from attesta.credentials.batches.sources import drafts, tables
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, ISSUED, NAME, NUMBER
from attesta.credentials.batches.sources.tables import Record
from attesta.credentials.composing import fields, printing
from attesta.credentials.composing.columns import Column, Form
from attesta.credentials.composing.kinds import DocumentKind

BASE = (NUMBER, EMAIL, NAME, ISSUED, EXPIRES)
REQUIRED = (NUMBER, EMAIL, ISSUED)
COURSES = "courses"


class FieldTable:
    """Raises Broken on opening when the table cannot be made out."""

    def __init__(self, data: bytes, kind: DocumentKind, *, today: date) -> None:
        self.kind, self.today = kind, today
        columns = fields.columns(kind)
        self._dates = [column.name for column in columns if column.form is Form.DATE]
        required = [*REQUIRED, *(column.name for column in columns if column.required and not column.per_course)]
        self.table = tables.read(data, [*BASE, *(column.name for column in columns)], required)
        self.findings = [*self.table.findings, *self._missing_courses(columns)]
        self._documents = self._grouped()
        if len(self._documents) > rules.MAX_ROWS:
            self.findings.append(Finding("", "", Code.TABLE_TOO_LONG, str(len(self._documents))))
            del self._documents[rules.MAX_ROWS :]
        self.entries = [
            Entry(number, records[0].place, self._number(records[0]))
            for number, records in enumerate(self._documents, start=1)
        ]

    def document(self, entry: Entry) -> Composed:
        """Raises Broken."""
        records = self._documents[entry.number - 1]
        rows = [self.table.cells(record) for record in records]
        reader = drafts.Reader(rows[0], records[0].place, self.today)
        draft = reader.draft(titled=False)
        findings = [*reader.findings, *_further(rows, records)]
        mappings = [self._with_dates(row, record.place, findings) for row, record in zip(rows, records, strict=True)]
        made = _fields(self.kind, mappings, records, findings)
        if findings or made is None:
            raise Broken(findings)
        return Composed(draft, made)

    def _missing_courses(self, columns: tuple[Column, ...]) -> Iterator[Finding]:
        """Courses stand in columns of their own, or all in one."""
        if COURSES not in self.table.columns:
            for column in columns:
                if column.per_course and column.required and column.name not in self.table.columns:
                    yield Finding("1", column.name, Code.COLUMN_MISSING)

    def _grouped(self) -> list[list[Record]]:
        """In the order in which each number first appears. Only a transcript has several lines."""
        if self.kind is not DocumentKind.TRANSCRIPT:
            return [[record] for record in self.table.records]
        documents: dict[str, list[Record]] = {}
        for record in self.table.records:
            number = self._number(record)
            documents.setdefault(number or f"line {record.line}", []).append(record)
        return list(documents.values())

    def _number(self, record: Record) -> str:
        return tidy(self.table.cells(record).get(NUMBER, ""))

    def _with_dates(self, row: dict[str, str], place: str, findings: list[Finding]) -> Mapping[str, str]:
        """Dates of every habit become the one that fields are read from."""
        reader = drafts.Reader({column: row.get(column, "") for column in self._dates}, place, self.today)
        days = {column: reader.day(column) for column in self._dates}
        findings += [found for found in reader.findings if found not in findings]
        return {**row, **{column: day.isoformat() if day else "" for column, day in days.items()}}


def _further(rows: list[dict[str, str]], records: list[Record]) -> list[Finding]:
    """Lines after a document's first may leave out what it says, not say something else."""
    found: list[Finding] = []
    for row, record in zip(rows[1:], records[1:], strict=True):
        found += drafts.damage(row, record.place)
        for column in BASE:
            if column != NAME and row.get(column) and row[column] != rows[0].get(column):
                found.append(Finding(record.place, column, Code.DIFFERS, row[column]))
    return found


def _fields(
    kind: DocumentKind, rows: list[Mapping[str, str]], records: list[Record], findings: list[Finding]
) -> fields.Fields | None:
    """None when ``findings`` says why."""
    told = {(finding.place, finding.column) for finding in findings}
    try:
        made = fields.read_rows(kind, rows)
    except fields.FieldProblems as problems:
        for problem, row in zip(problems.problems, problems.rows, strict=True):
            place = records[row].place
            if (place, problem.column) not in told:
                findings.append(Finding(place, problem.column, problem.code, problem.value))
        return None
    findings += [Finding(records[0].place, *found) for found in _unprintable(made)]
    return made


def _unprintable(made: fields.Fields) -> Iterator[tuple[str, str, str]]:
    for column, character in printing.unprintable(made):
        yield column, Code.UNPRINTABLE, character
