"""What a document says, typed. Everything printed comes from here, from the design, or from the verification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from attesta.accounts.words import tidy
from attesta.credentials.composing import language
from attesta.credentials.composing.columns import COLUMNS, COURSES, Column, Form
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.composing.values import FieldProblems, Problem, Values

__all__ = [
    "Attestation", "Course", "Diploma", "Fact", "FieldProblems", "Fields", "Problem", "Term", "Transcript",
    "columns", "kind_of", "read", "read_rows",
]  # fmt: skip

MOST_COURSES = 400
MOST_FACTS = 12
FACT_COLUMNS = tuple(
    Column(name, Form.TEXT, required=True, example="", help_fr="", help_en="")
    for name in ("label_fr", "label_en", "value_fr", "value_en")
)
TERM_VALUES = ("term_fr", "term_en", "term_credits", "term_average", "cumulative_credits", "cumulative_average")


@dataclass(frozen=True, slots=True)
class Diploma:
    learner_name: str
    degree_fr: str
    degree_en: str
    field_fr: str = ""
    field_en: str = ""
    honours_fr: str = ""
    honours_en: str = ""
    faculty_fr: str = ""
    faculty_en: str = ""
    conferred_on: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """``points`` is what the course adds to the average's sum; ``earned`` the credits earned, if other than its own."""

    code: str
    credits: Decimal
    grade: str
    title_fr: str = ""
    title_en: str = ""
    earned: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """``code`` is its first month, YYYY-MM. Credits and averages are the institution's own, never computed here."""

    code: str
    name_fr: str
    name_en: str
    courses: tuple[Course, ...]
    credits: Decimal | None = None
    average: Decimal | None = None
    cumulative_credits: Decimal | None = None
    cumulative_average: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    learner_name: str
    student_number: str
    programme_fr: str
    programme_en: str
    terms: tuple[Term, ...]
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    degree_fr: str = ""
    degree_en: str = ""
    conferred_on: date | None = None
    credits: Decimal | None = None
    average: Decimal | None = None
    average_top: Decimal | None = None
    note_fr: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label_fr: str
    label_en: str
    value_fr: str
    value_en: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """``text`` is paragraphs parted by an empty line."""

    learner_name: str
    student_number: str = ""
    title_fr: str = ""
    title_en: str = ""
    programme_fr: str = ""
    programme_en: str = ""
    standing_fr: str = ""
    standing_en: str = ""
    period_fr: str = ""
    period_en: str = ""
    start_on: date | None = None
    end_on: date | None = None
    text_fr: str = ""
    text_en: str = ""
    facts: tuple[Fact, ...] = ()


Fields = Diploma | Transcript | Attestation
KINDS: dict[type[Fields], DocumentKind] = {
    Diploma: DocumentKind.DIPLOMA,
    Transcript: DocumentKind.TRANSCRIPT,
    Attestation: DocumentKind.ATTESTATION,
}


def kind_of(fields: Fields) -> DocumentKind:
    return KINDS[type(fields)]


def columns(kind: DocumentKind) -> tuple[Column, ...]:
    """A transcript's course columns (``per_course``) stand last."""
    return COLUMNS[kind]


def read(kind: DocumentKind, mapping: Mapping[str, str]) -> Fields:
    """A document from one row; a transcript's courses stand in its column ``courses``. Raises FieldProblems."""
    return read_rows(kind, [mapping])


def read_rows(kind: DocumentKind, rows: Sequence[Mapping[str, str]]) -> Fields:
    """A document from all rows of its number: one, or a transcript's course rows. Raises FieldProblems."""
    values = Values()
    fields: Fields
    match kind:
        case DocumentKind.DIPLOMA:
            fields = Diploma(**_taken(kind, rows, values))
        case DocumentKind.TRANSCRIPT:
            fields = _transcript(rows, values)
        case DocumentKind.ATTESTATION:
            fields = _attestation(rows, values)
    values.complete()
    return fields


def _taken(kind: DocumentKind, rows: Sequence[Mapping[str, str]], values: Values) -> dict[str, Any]:
    """What the first row says of the document; further rows may only repeat it."""
    shared = [column for column in COLUMNS[kind] if not column.per_course]
    taken = {column.name: values.take(column, rows[0]) for column in shared}
    _check_pairs(shared, taken, values)
    for index, row in enumerate(rows[1:], start=1):
        if kind is not DocumentKind.TRANSCRIPT:
            values.found("document_number", "repeated", row.get("document_number") or "", index)
        for column in shared:
            text = row.get(column.name) or ""
            if text.strip() and text != rows[0].get(column.name):
                values.found(column.name, "differs", text, index)
    return taken


def _check_pairs(columns: Sequence[Column], taken: Mapping[str, Any], values: Values) -> None:
    for column in columns:
        base, _, language = column.name.rpartition("_")
        if language not in {"fr", "en"} or column.required or taken[column.name]:
            continue
        if taken[f"{base}_{'en' if language == 'fr' else 'fr'}"]:
            values.found(column.name, "other-language-missing")


def _attestation(rows: Sequence[Mapping[str, str]], values: Values) -> Attestation:
    taken = _taken(DocumentKind.ATTESTATION, rows, values)
    if taken["start_on"] and taken["end_on"] and taken["end_on"] < taken["start_on"]:
        values.found("end_on", "before-start", taken["end_on"].isoformat())
    facts = taken.pop("facts")
    if len(facts) > MOST_FACTS:
        values.found("facts", "too-many", str(len(facts)))
    return Attestation(**taken, facts=tuple(_fact(fact, index, values) for index, fact in enumerate(facts)))


def _fact(fact: Mapping[str, str], index: int, values: Values) -> Fact:
    place = f"facts[{index}]."
    _check_keys(fact, FACT_COLUMNS, place, values)
    return Fact(**{column.name: values.take(column, fact, place=place) for column in FACT_COLUMNS})


def _check_keys(found: Mapping[str, str], known: Sequence[Column], place: str, values: Values) -> None:
    for key in found.keys() - {column.name for column in known}:
        values.found(place + tidy(key)[:40], "unknown")


def _transcript(rows: Sequence[Mapping[str, str]], values: Values) -> Transcript:
    taken = _taken(DocumentKind.TRANSCRIPT, rows, values)
    listed = taken.pop("courses")
    if taken["average"] and taken["average_top"] and taken["average"] > taken["average_top"]:
        values.found("average", "above-top", str(taken["average"]))
    if listed and any((row.get(column.name) or "").strip() for row in rows for column in COURSES):
        values.found("courses", "both-ways")
    sources = [_Source(item, 0, f"courses[{index}].") for index, item in enumerate(listed)]
    for source in sources:
        _check_keys(source.mapping, COURSES, source.place, values)
    sources = sources or [_Source(row, index, "") for index, row in enumerate(rows)]
    if len(sources) > MOST_COURSES:
        values.found("courses", "too-many", str(len(sources)))
    return Transcript(**taken, terms=_terms(sources[:MOST_COURSES], values))


class _Source(NamedTuple):
    """Where a course is read from: a row, or an object of the column ``courses``."""

    mapping: Mapping[str, str]
    row: int
    place: str


def _terms(sources: Sequence[_Source], values: Values) -> tuple[Term, ...]:
    """In the order in which each first appears."""
    terms: dict[str, dict[str, Any]] = {}
    for source in sources:
        taken = {column.name: values.take(column, source.mapping, source.row, source.place) for column in COURSES}
        term = terms.setdefault(taken["term"], {"courses": []})
        term["courses"].append(_course(taken, source, values))
        for name in TERM_VALUES:
            if taken[name] not in {None, ""} and term.setdefault(name, taken[name]) != taken[name]:
                values.found(source.place + name, "differs", str(taken[name]), source.row)
    return tuple(_term(code, term) for code, term in terms.items())


def _course(taken: Mapping[str, Any], source: _Source, values: Values) -> Course:
    if not taken["course_title_fr"] and not taken["course_title_en"]:
        values.found(f"{source.place}course_title_fr", "title-missing", row=source.row)
    return Course(
        code=taken["course_code"],
        credits=taken["course_credits"],
        grade=taken["grade"],
        title_fr=taken["course_title_fr"],
        title_en=taken["course_title_en"],
        earned=taken["course_earned"],
        points=taken["points"],
    )


def _term(code: str, taken: Mapping[str, Any]) -> Term:
    return Term(
        code=code,
        name_fr=taken.get("term_fr") or (code and language.term(code, "fr")),
        name_en=taken.get("term_en") or (code and language.term(code, "en")),
        courses=tuple(taken["courses"]),
        credits=taken.get("term_credits"),
        average=taken.get("term_average"),
        cumulative_credits=taken.get("cumulative_credits"),
        cumulative_average=taken.get("cumulative_average"),
    )
