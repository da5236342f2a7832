"""Institutions put their own words around the facts; what is in them is a value, never a program."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials.composing import words
from attesta.credentials.composing.kinds import DocumentKind
from tests.credentials.composing.samples import ATTESTATION, DESIGN, DIPLOMA, ISSUED, NUMBER, transcript

pytestmark = pytest.mark.once
OWN = replace(
    DESIGN,
    wording={
        DocumentKind.DIPLOMA: {"confers_fr": "{institution}[, {faculty},] à", "given_en": "{number}, {issued_on}"},
        DocumentKind.ATTESTATION: {"title_fr": "Attestation", "title_en": "Letter"},
    },
)


def test_values_take_their_places() -> None:
    said = words.wording(DIPLOMA, OWN, number=NUMBER, issued_on=ISSUED)
    assert said["confers_fr"] == "Université des Grandes-Marées, la Faculté des sciences de la mer, à"
    assert said["given_en"] == f"{NUMBER}, June 12, 2026"
    assert said["given_fr"] == "Donné à Port-aux-Marées (Québec) le 12 juin 2026"


def test_the_day_of_conferral_comes_before_the_day_of_issue() -> None:
    said = words.wording(replace(DIPLOMA, conferred_on=date(2025, 9, 1)), DESIGN, number="", issued_on=ISSUED)
    assert (said["given_fr"][-21:], said["given_en"][-17:]) == ("le 1er septembre 2025", "September 1, 2025")


def test_a_part_without_its_value_is_left_out() -> None:
    said = words.wording(replace(DIPLOMA, faculty_fr=""), OWN, number=NUMBER, issued_on=ISSUED)
    assert said["confers_fr"] == "Université des Grandes-Marées à"


def test_values_are_never_expanded_themselves() -> None:
    hostile = replace(DIPLOMA, faculty_fr="[{number}] {learner_name}")
    said = words.wording(hostile, OWN, number=NUMBER, issued_on=ISSUED)
    assert said["confers_fr"] == "Université des Grandes-Marées, [{number}] {learner_name}, à"


def test_titles_in_both_languages() -> None:
    assert words.titles(DIPLOMA, OWN) == (DIPLOMA.degree_fr, DIPLOMA.degree_en)
    assert words.titles(transcript(), OWN) == ("Relevé de notes officiel", "Official transcript")
    assert words.titles(ATTESTATION, OWN) == ("Attestation", "Letter")
    own = replace(ATTESTATION, title_fr="Lettre", title_en="Note")
    assert words.titles(own, OWN) == ("Lettre", "Note")


@pytest.mark.parametrize(
    ("kind", "name", "text", "code"),
    [
        (DocumentKind.DIPLOMA, "confers_fr", "À {learner_name}[ ({degree})] le {conferred_on}", None),
        (DocumentKind.DIPLOMA, "confers_fr", "{student_number}", "placeholder-unknown"),
        (DocumentKind.DIPLOMA, "confers_fr", "{learner_name.__class__}", None),
        (DocumentKind.DIPLOMA, "text_fr", "x", "unknown"),
        (DocumentKind.ATTESTATION, "text_fr", "x" * 1001, "too-long"),
        (DocumentKind.ATTESTATION, "text_fr", "{programme} {period} {institution}", None),
    ],
)
def test_what_is_wrong_with_a_wording(kind: DocumentKind, name: str, text: str, code: str | None) -> None:
    assert words.problem(kind, name, text) == code


@pytest.mark.parametrize("kind", DocumentKind)
def test_our_own_words_stand_in_both_languages(kind: DocumentKind) -> None:
    names = words.DEFAULTS[kind]
    assert {name[:-3] for name in names if name.endswith("_fr")} == {
        name[:-3] for name in names if name.endswith("_en")
    }
    assert [words.problem(kind, name, text) for name, text in names.items()] == [None] * len(names)


@given(text=some.text(), value=some.text())
def test_expanding_never_fails(text: str, value: str) -> None:
    words.expand(text, {"a": value})
