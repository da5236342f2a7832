"""Documents of the demonstration are real ones, composed by the product: and said to be invented on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from attesta.credentials import pdf
from attesta.credentials.composing import printing
from attesta.credentials.composing.compose import Verification, compose
from attesta.credentials.composing.fields import Transcript, kind_of
from attesta.credentials.designs import design_of
from attesta.credentials.models import Template
from attesta.organizations.models import Organization
from demo import papers
from demo.documents import designs
from demo.papers import Paper
from tests.credentials.composing.samples import VERIFICATION
from tests.credentials.composing.test_compose import failures

pytestmark = pytest.mark.once
YEAR = 2026
# Maker, its pages, the language it states.
PAPERS: dict[Callable[[int], Paper], tuple[int, str]] = {
    papers.bachelor_diploma: (1, "fr-CA"),
    papers.bachelor_transcript: (3, "fr-CA"),
    papers.attendance: (1, "fr-CA"),
    papers.hydrography_certificate: (1, "en-CA"),
    papers.hydrography_transcript: (2, "en-CA"),
    papers.hydrography_enrolment: (1, "en-CA"),
    papers.technology_diploma: (1, "en-CA"),
    papers.technology_transcript: (3, "en-CA"),
    papers.summer_school: (1, "fr-CA"),
}
every_paper = pytest.mark.parametrize("make", PAPERS, ids=lambda make: str(make.__name__))


def template(paper: Paper) -> Template:
    school, kind = paper.school, kind_of(paper.fields)
    issuer = Organization(
        name_fr=school.name_fr,
        name_en=school.name_en,
        unit_fr=school.unit_fr,
        unit_en=school.unit_en,
        address=school.address,
        contact_phone=school.phone,
        contact_email=school.email,
    )
    return Template(issuer=issuer, kind=kind, design=designs.design(school, kind, paper.wording))


def composed(paper: Paper, verification: Verification = VERIFICATION) -> bytes:
    return compose(
        paper.fields,
        design=design_of(template(paper)),
        verification=verification,
        issued_on=paper.issued_on,
        number=paper.number,
        twin=None,
    )


def pages(content: bytes) -> list[str]:
    """The text of each page, in reading order, as the product extracts it."""
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


@every_paper
def test_page_count_and_language(make: Callable[[int], Paper]) -> None:
    with pikepdf.open(BytesIO(composed(make(YEAR)))) as document:
        assert (len(document.pages), str(document.Root.Lang)) == PAPERS[make]


@every_paper
def test_archival_and_accessible(make: Callable[[int], Paper]) -> None:
    made = composed(make(YEAR))
    assert (failures(made, "3a"), failures(made, "ua1")) == ([], [])


@every_paper
def test_every_page_says_that_it_is_invented(make: Callable[[int], Paper]) -> None:
    paper = make(YEAR)
    first, second = ("Établissement fictif", "Fictitious institution")
    said = f"{first} · {second}" if paper.school.language == "fr" else f"{second} · {first}"
    assert all(said in text for text in pages(composed(paper)))


@every_paper
def test_names_learner_institution_and_number(make: Callable[[int], Paper]) -> None:
    paper = make(YEAR)
    first = pages(composed(paper))[0]
    for words in (paper.fields.learner_name, paper.school.name_fr, paper.school.name_en, paper.number):
        assert words in first


@every_paper
def test_the_product_takes_it(make: Callable[[int], Paper]) -> None:
    paper = make(YEAR)
    assert pdf.check(composed(paper)).page_count == PAPERS[make][0]
    assert printing.unprintable(paper.fields) == printing.unprintable(design_of(template(paper))) == []


def test_seals_are_drawings_that_read_as_one_thing() -> None:
    """Their letters are outlines, so the extracted text has no ring of single letters."""
    text = "".join(pages(composed(papers.bachelor_diploma(YEAR))))
    assert "MCMXLVIII" not in text


def test_transcript_holds_every_course_once_and_repeats_its_header() -> None:
    paper = papers.bachelor_transcript(YEAR)
    assert isinstance(paper.fields, Transcript)
    texts = pages(composed(paper))
    whole = "\n".join(texts)
    for term in paper.fields.terms:
        for course in term.courses:
            assert whole.count(course.code) == 1
            assert course.title_fr in whole
    assert [text.count("Titre du cours") for text in texts] == [1, 1, 0]


def test_transcript_explains_itself_in_both_languages_on_its_last_page() -> None:
    last = pages(composed(papers.technology_transcript(YEAR)))[-1]
    assert "Legend" in last and "Légende" in last
    assert re.search(r"807.555-0117", last)


def test_correction_says_what_it_replaces_and_changes_the_average() -> None:
    before = "".join(pages(composed(papers.bachelor_transcript(YEAR))))
    after = "".join(pages(composed(papers.bachelor_transcript(YEAR, corrected_on=date(YEAR, 11, 10)))))
    note = "Remplace le relevé émis en juin"
    assert (note in before, note in after) == (False, True)
    assert ("3,85" in before, "3,86" in after) == (True, True)
    assert "10 novembre 2026" in after
