"""What registrars write in a row becomes typed fields, or the whole list of what is wrong with it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials.composing import fields
from attesta.credentials.composing.columns import Form
from attesta.credentials.composing.fields import Attestation, Course, Diploma, Fact, FieldProblems, Term, Transcript
from attesta.credentials.composing.kinds import DocumentKind

pytestmark = pytest.mark.once
DIPLOMA = {
    "learner_name": " Zoé   Citoyenne ",
    "degree_fr": "Bachelière ès sciences",
    "degree_en": "Bachelor of Science",
    "conferred_on": "2026-06-12",
}
SHARED = {
    "learner_name": "Zoé Citoyenne",
    "student_number": "20214876",
    "programme_fr": "Baccalauréat en océanographie",
    "programme_en": "Bachelor of Science in Oceanography",
    "average": "3,84",
    "average_top": "4.3",
}
ROW = SHARED | {
    "term": "2025-09",
    "course_code": "OCE-1010",
    "course_title_fr": "Introduction à l’océanographie",
    "course_credits": "3",
    "grade": "A+",
    "points": "12,9",
    "term_average": "4.3",
}
COURSE = {key: value for key, value in ROW.items() if key not in SHARED}


def problems(kind: DocumentKind, *rows: dict[str, str]) -> list[tuple[int, str, str]]:
    with pytest.raises(FieldProblems) as found:
        fields.read_rows(kind, rows)
    return [(row, column, code) for row, (column, code, _) in zip(found.value.rows, found.value, strict=True)]


def test_a_diploma_from_a_row() -> None:
    assert fields.read(DocumentKind.DIPLOMA, DIPLOMA | {"field_fr": "", "unheard_of": "x"}) == Diploma(
        learner_name="Zoé Citoyenne",
        degree_fr="Bachelière ès sciences",
        degree_en="Bachelor of Science",
        conferred_on=date(2026, 6, 12),
    )


def test_every_problem_of_a_row_is_told_at_once() -> None:
    row = {"degree_fr": "x" * 201, "field_en": "Oceanography", "conferred_on": "12/06/2026"}
    assert problems(DocumentKind.DIPLOMA, row) == [
        (0, "learner_name", "missing"),
        (0, "degree_fr", "too-long"),
        (0, "degree_en", "missing"),
        (0, "conferred_on", "date-invalid"),
        (0, "field_fr", "other-language-missing"),
    ]


def test_a_problem_shows_what_was_found_but_not_all_of_it() -> None:
    with pytest.raises(FieldProblems) as found:
        fields.read(DocumentKind.DIPLOMA, DIPLOMA | {"conferred_on": "9" * 20, "degree_fr": "é" * 5000})
    assert [problem.value for problem in found.value] == ["é" * 79 + "…", "9" * 20]


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "20260612", "12-06-2026", "1066-10-14", "２０２６-06-12", "x"]
)
def test_dates_are_written_one_way(text: str) -> None:
    assert problems(DocumentKind.DIPLOMA, DIPLOMA | {"conferred_on": text}) == [(0, "conferred_on", "date-invalid")]


def test_a_diploma_stands_in_one_row() -> None:
    assert problems(DocumentKind.DIPLOMA, DIPLOMA, DIPLOMA) == [(1, "document_number", "repeated")]


def test_a_transcript_from_course_rows() -> None:
    later = COURSE | {"term": "2026-01", "course_code": "OCE-1020", "term_average": "", "course_credits": "1,5"}
    read = fields.read_rows(DocumentKind.TRANSCRIPT, [ROW, COURSE | {"course_code": "MAT-1120"}, ROW | later])
    assert isinstance(read, Transcript)
    assert (read.average, read.average_top) == (Decimal("3.84"), Decimal("4.3"))
    assert [(term.code, term.name_fr, term.name_en, term.average) for term in read.terms] == [
        ("2025-09", "Automne 2025", "Fall 2025", Decimal("4.3")),
        ("2026-01", "Hiver 2026", "Winter 2026", None),
    ]
    assert [[course.code for course in term.courses] for term in read.terms] == [["OCE-1010", "MAT-1120"], ["OCE-1020"]]
    assert read.terms[1].courses[0] == Course(
        code="OCE-1020",
        credits=Decimal("1.5"),
        grade="A+",
        title_fr="Introduction à l’océanographie",
        points=Decimal("12.9"),
    )


def test_the_same_transcript_from_json() -> None:
    courses = [COURSE, COURSE | {"course_code": "MAT-1120"}]
    as_json = fields.read(DocumentKind.TRANSCRIPT, SHARED | {"courses": json.dumps(courses)})
    assert as_json == fields.read_rows(DocumentKind.TRANSCRIPT, [SHARED | course for course in courses])


def test_numbers_in_json_are_kept_as_written() -> None:
    courses = json.dumps([COURSE]).replace('"3"', "3.00")
    read = fields.read(DocumentKind.TRANSCRIPT, SHARED | {"courses": courses})
    assert isinstance(read, Transcript)
    assert str(read.terms[0].courses[0].credits) == "3.00"


def test_problems_of_course_rows_name_their_row() -> None:
    broken = ROW | {"learner_name": "Alex", "course_credits": "-1", "term_average": "2", "course_title_fr": ""}
    assert problems(DocumentKind.TRANSCRIPT, ROW, broken, ROW | {"grade": "", "term": "Fall 2025"}) == [
        (1, "learner_name", "differs"),
        (1, "course_credits", "number-invalid"),
        (1, "course_title_fr", "title-missing"),
        (1, "term_average", "differs"),
        (2, "term", "term-invalid"),
        (2, "grade", "missing"),
    ]


@pytest.mark.parametrize(
    ("courses", "expected"),
    [
        ("{", [("courses", "json-invalid")]),
        ("[" * 5000, [("courses", "json-invalid")]),
        ('{"term": "2025-09"}', [("courses", "json-invalid")]),
        ('[{"term": ["2025-09"]}]', [("courses", "json-invalid")]),
    ],
)
def test_json_that_is_none(courses: str, expected: list[tuple[str, str]]) -> None:
    found = problems(DocumentKind.TRANSCRIPT, SHARED | {"courses": courses})
    assert [(column, code) for _, column, code in found][:1] == expected


def test_problems_in_json_name_their_place() -> None:
    courses = json.dumps([COURSE, COURSE | {"grade": None, "note": "x"}])
    assert problems(DocumentKind.TRANSCRIPT, SHARED | {"courses": courses}) == [
        (0, "courses[1].note", "unknown"),
        (0, "courses[1].grade", "missing"),
    ]


def test_courses_come_one_way_and_not_without_end() -> None:
    courses = json.dumps([COURSE])
    assert problems(DocumentKind.TRANSCRIPT, ROW | {"courses": courses}) == [(0, "courses", "both-ways")]
    assert problems(DocumentKind.TRANSCRIPT, *[ROW] * 401) == [(0, "courses", "too-many")]


def test_an_average_is_not_above_the_highest() -> None:
    assert problems(DocumentKind.TRANSCRIPT, ROW | {"average": "4.4"}) == [(0, "average", "above-top")]


def test_an_attestation_with_facts_of_its_own() -> None:
    fact = {"label_fr": "Stage", "label_en": "Placement", "value_fr": "Oui", "value_en": "Yes"}
    row = {
        "learner_name": "Zoé",
        "text_fr": "Un.\r\n \r\nDeux\nlignes.",
        "text_en": "One.",
        "facts": json.dumps([fact]),
    }
    assert fields.read(DocumentKind.ATTESTATION, row) == Attestation(
        learner_name="Zoé",
        text_fr="Un.\n\nDeux lignes.",
        text_en="One.",
        facts=(Fact("Stage", "Placement", "Oui", "Yes"),),
    )


def test_problems_of_an_attestation() -> None:
    row = {
        "learner_name": "Zoé",
        "start_on": "2026-01-01",
        "end_on": "2025-01-01",
        "text_en": "One.",
        "facts": json.dumps([{"label_fr": "Stage"}] * 13),
    }
    found = problems(DocumentKind.ATTESTATION, row)
    assert found[:3] == [
        (0, "text_fr", "other-language-missing"),
        (0, "end_on", "before-start"),
        (0, "facts", "too-many"),
    ]
    assert found[3:6] == [(0, f"facts[0].{name}", "missing") for name in ("label_en", "value_fr", "value_en")]


@pytest.mark.parametrize("kind", DocumentKind)
def test_columns_say_what_they_are_for(kind: DocumentKind) -> None:
    columns = fields.columns(kind)
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.help_fr and column.help_en for column in columns)
    assert {column.name for column in columns if not column.example} <= {"courses", "facts", "text_fr", "text_en"}


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_examples_of_the_columns_make_a_document(kind: DocumentKind) -> None:
    row = {column.name: column.example for column in fields.columns(kind)}
    assert fields.kind_of(fields.read(kind, row)) is kind


@given(row=some.dictionaries(some.sampled_from([c.name for c in fields.columns(DocumentKind.TRANSCRIPT)]), some.text()))
def test_any_row_is_read_or_refused(row: dict[str, str]) -> None:
    try:
        read: Any = fields.read(DocumentKind.TRANSCRIPT, row)
    except FieldProblems as found:
        assert len(found.problems) == len(found.rows) > 0
    else:
        assert isinstance(read.terms[0], Term)


def test_every_form_has_a_column() -> None:
    forms = {column.form for kind in DocumentKind for column in fields.columns(kind)}
    assert forms == set(Form)
