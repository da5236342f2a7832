"""CSV as spreadsheets save it."""

from __future__ import annotations

import tracemalloc

import pytest

from attesta.credentials.batches.findings import Broken, Code, Finding
from attesta.credentials.batches.sources import tables
from attesta.credentials.batches.sources.tables import Table

COLUMNS = ("document_number", "learner_name", "title_fr")
PLAIN = "document_number,learner_name\nD-1,Zoé Citoyenne\nD-2,Éloïse L’Œuvre\n"


def read(data: str | bytes, required: tuple[str, ...] = ()) -> Table:
    return tables.read(data.encode() if isinstance(data, str) else data, COLUMNS, required)


def names(table: Table) -> list[str]:
    return [table.cells(record)["learner_name"] for record in table.records]


def codes(table: Table) -> list[tuple[str, str, str]]:
    return [(found.place, found.column, found.code) for found in table.findings]


def broken(data: str | bytes) -> list[Finding]:
    with pytest.raises(Broken) as problem:
        read(data)
    return problem.value.findings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_habit_reads_the_same(encoding: str, separator: str, end: str) -> None:
    table = read(PLAIN.replace(",", separator).replace("\n", end).encode(encoding))
    assert names(table) == ["Zoé Citoyenne", "Éloïse L’Œuvre"]
    assert (table.separator, table.findings) == (separator, [])


def test_separator_may_be_said_in_a_first_line() -> None:
    table = read("sep=;\ndocument_number;learner_name\nD-1;Zoé\n")
    assert (names(table), table.records[0].line) == (["Zoé"], 3)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    table = read('document_number,learner_name\nD-1,"Zoé\nCitoyenne"\n\nD-2,"dit ""Alex"""\n')
    assert [(record.line, table.cells(record)["learner_name"]) for record in table.records] == [
        (2, "Zoé\nCitoyenne"),
        (5, 'dit "Alex"'),
    ]


def test_empty_columns_and_lines_of_excel_are_passed_over() -> None:
    table = read("document_number,learner_name,,\nD-1,Zoé,,\n,,,\nD-2,Alex\n,\n")
    assert (names(table), table.findings) == (["Zoé", "Alex"], [])


def test_a_column_of_ones_own_is_passed_over() -> None:
    table = read("document_number,learner_name,# Remarque\nD-1,Zoé,à vérifier\n")
    assert (names(table), table.findings) == (["Zoé"], [])


def test_short_lines_end_in_empty_cells() -> None:
    table = read("document_number,learner_name,title_fr\nD-1,Zoé\n")
    assert table.cells(table.records[0]).get("title_fr", "") == ""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("document_number,lerner_name\nD-1,Zoé\n", ("1", "lerner_name", Code.COLUMN_UNKNOWN)),
        ("document_number,Nom,learner_name\nD-1,Zoé,Zoé\n", ("1", "learner_name", Code.COLUMN_TWICE)),
        ("document_number,,learner_name\nD-1,x,Zoé\n", ("2", "", Code.COLUMN_UNNAMED)),
        ("document_number,learner_name\nD-1,Citoyenne, Zoé\n", ("2", "", Code.TOO_MANY_CELLS)),
        ('document_number,learner_name\nD-1,"Zoé" x\nD-2,Alex\n', ("2", "", Code.QUOTE_MISPLACED)),
        ('document_number,learner_name\nD-1,Zoé\nD-2,"Alex\nD-3,Bo\n', ("3", "", Code.QUOTE_OPEN)),
        (f'document_number,learner_name\nD-1,"{"x" * 250_001}"\n', ("2", "", Code.CELL_TOO_LONG)),
    ],
)
def test_problems_of_a_table(data: str, found: tuple[str, str, Code]) -> None:
    assert codes(read(data)) == [found]


def test_missing_columns_are_told_once() -> None:
    assert codes(read(PLAIN, ("document_number", "title_fr"))) == [("1", "title_fr", Code.COLUMN_MISSING)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04\x14\x00", Code.TABLE_IS_SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Code.TABLE_IS_SPREADSHEET),
        (b"document_number\0,x", Code.TABLE_IS_BINARY),
        ("document_number,learner_name\0\nD-1,Zoé\n".encode("utf-16"), Code.TABLE_IS_BINARY),
        ("document_number,learner_name\nD-1,Zo\0é\n".encode("utf-16"), Code.TABLE_IS_BINARY),
        (b"document_number,learner_name\n", Code.TABLE_EMPTY),
        (b"document_number,learner_name\n,\n", Code.TABLE_EMPTY),
        (b"", Code.HEADER_MISSING),
        (b"D-1,Zo\xc3\xa9\n", Code.HEADER_MISSING),
        (b'"document_number,learner_name\n', Code.QUOTE_OPEN),
        (b"\xff\xfe\x00\xd8\x41", Code.TABLE_ENCODING),
    ],
)
def test_what_cannot_be_read_at_all(data: bytes, code: Code) -> None:
    assert [found.code for found in broken(data)] == [code]


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850"])
def test_other_old_encodings_are_told_by_their_line(encoding: str) -> None:
    found = broken(PLAIN.replace("’Œ", "").encode(encoding))
    assert [(each.place, each.code) for each in found] == [("2", Code.TABLE_ENCODING)]


@pytest.mark.parametrize("content", [b"x", b'"', b"\xe9", b"\xc3\xa9"])
def test_trust_24_a_line_without_an_end_takes_no_memory(content: bytes) -> None:
    data = b"document_number,learner_name\n" + content * (32 * 1024 * 1024 // len(content))
    tracemalloc.start()
    try:
        found = broken(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [(each.place, each.code) for each in found] == [("2", Code.CELL_TOO_LONG)]
    assert peak < 160 * 1024 * 1024


def test_a_table_too_long_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINES", 3)
    table = read("document_number,learner_name\n" + "D-1,Zoé\n" * 10)
    assert (len(table.records), codes(table)) == (4, [("5", "", Code.TABLE_TOO_LONG)])
