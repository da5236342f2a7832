"""What is written as PESC XML is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.accounts.words import tidy
from attesta.credentials.composing.fields import Course, Term, Transcript
from attesta.credentials.pesc import notes, reading, writing
from attesta.credentials.pesc.writing import School
from tests.credentials.composing.samples import NUMBER, transcript

pytestmark = pytest.mark.once
SCHOOL = School("Université des Grandes-Marées", "University of the Great Tides", {"CSIS": "24001"})
AT = datetime(2026, 6, 12, 16, tzinfo=UTC)


def again(fields: Transcript, *, language: str = "fr", read_as: str = "en") -> Transcript:
    xml = writing.write(fields, school=SCHOOL, number=NUMBER, at=AT, language=language)
    return reading.read(xml, language=read_as).transcript


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("read_as", ["fr", "en"])
def test_a_transcript_is_read_back(language: str, read_as: str) -> None:
    assert again(transcript(), language=language, read_as=read_as) == transcript()


def test_who_and_what_it_is_comes_along() -> None:
    found = reading.read(writing.write(transcript(), school=SCHOOL, number=NUMBER, at=AT))
    assert (found.version, found.number, found.issued_on, found.school) == (
        "1.8",
        NUMBER,
        date(2026, 6, 12),
        SCHOOL.name_fr,
    )
    assert found.learner == reading.Learner("Zoé Citoyenne", "Zoé", "Citoyenne", "20214876", date(2003, 3, 22), "")


def test_a_long_number_comes_along_whole() -> None:
    number = "UGM-" + "9" * 76
    assert reading.read(writing.write(transcript(), school=SCHOOL, number=number, at=AT)).number == number


def test_the_same_transcript_gives_the_same_bytes() -> None:
    first, second = (writing.write(transcript(), school=SCHOOL, number=NUMBER, at=AT) for _ in range(2))
    assert first == second


lines = some.text(some.characters(categories=["L", "N", "P", "Z"]), max_size=200).map(tidy)
words = lines.filter(bool)
numbers = some.decimals(0, 999, places=2)
maybe = some.none() | numbers
days = some.none() | some.dates(date(1900, 1, 1), date(2100, 1, 1))
courses = some.builds(
    Course,
    code=words.map(lambda text: text[:30].strip() or "X"),
    credits=numbers,
    grade=words.map(lambda text: text[:10].strip() or "A"),
    title_fr=words,
    title_en=lines,
    earned=maybe,
    points=maybe,
) | some.builds(Course, code=some.just("MAT 1120"), credits=numbers, grade=some.just("A"), title_en=words)
terms = some.builds(
    Term,
    code=some.sampled_from(["2024-09", "2025-01", "2025-05"]),
    name_fr=words.map(lambda text: text[:60].strip() or "X"),
    name_en=words.map(lambda text: text[:60].strip() or "X"),
    courses=some.lists(courses, min_size=1, max_size=3).map(tuple),
    credits=maybe,
    average=maybe,
    cumulative_credits=maybe,
    cumulative_average=maybe,
)
both = some.tuples(words, words) | some.just(("", ""))


@given(
    the_terms=some.lists(terms, min_size=1, max_size=3).map(tuple),
    programme=some.tuples(words, words),
    degree=both,
    note=both,
    name=words.map(lambda text: text[:150].strip() or "Z"),
    conferred=days,
    language=some.sampled_from(["fr", "en"]),
)
def test_any_transcript_is_read_back(
    the_terms: tuple[Term, ...],
    programme: tuple[str, str],
    degree: tuple[str, str],
    note: tuple[str, str],
    name: str,
    conferred: date | None,
    language: str,
) -> None:
    fields = replace(
        transcript(),
        learner_name=name,
        terms=the_terms,
        programme_fr=programme[0],
        programme_en=programme[1],
        degree_fr=degree[0],
        degree_en=degree[1],
        note_fr=note[0],
        note_en=note[1],
        conferred_on=conferred,
    )
    assert again(fields, language=language) == fields


@pytest.mark.parametrize(("fr", "en"), [("…", "0"), ("Été…", "Été 2025"), ("É" * 20 + "…", "É" * 31)])
def test_a_name_that_ends_in_an_ellipsis_is_not_taken_for_a_shortened_one(fr: str, en: str) -> None:
    fields = replace(transcript(), terms=tuple(replace(term, name_fr=fr, name_en=en) for term in transcript().terms))
    found = again(fields)
    assert {(term.name_fr, term.name_en) for term in found.terms} == {(fr, en)}


@given(text=words)
def test_notes_fit_and_join(text: str) -> None:
    written = notes.written("fr", text)
    assert all(len(line) <= 80 for line in written)
    assert notes.read(written) == ({"fr": text}, "")


def test_a_course_without_a_term_comes_back_as_recognised() -> None:
    loose = Term("", "Cours reconnus", "Recognised courses", (Course("BIO 1", Decimal(3), "TR", title_fr="Biologie"),))
    fields = replace(transcript(), terms=(loose, *transcript().terms))
    assert again(fields) == fields
