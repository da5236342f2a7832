"""Documents of the demonstration are real ones: tagged, titled, in a stated language, said to be invented."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from attesta.credentials import pdf
from demo import papers
from demo.documents import compose
from demo.documents.kinds import Transcript
from demo.papers import Paper

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


def pages(content: bytes) -> list[str]:
    """The text of each page, in reading order, as the product extracts it."""
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


@every_paper
def test_page_count_and_language(make: Callable[[int], Paper]) -> None:
    with pikepdf.open(BytesIO(compose.pdf(make(YEAR).document))) as document:
        assert (len(document.pages), str(document.Root.Lang)) == PAPERS[make]


@every_paper
def test_tagged_titled_and_archival(make: Callable[[int], Paper]) -> None:
    paper = make(YEAR)
    title, school = paper.document.title, paper.document.school
    with pikepdf.open(BytesIO(compose.pdf(paper.document))) as document:
        assert bool(document.Root.MarkInfo.Marked)
        metadata = document.open_metadata()
        claims = (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"])
        assert claims == ("3", "A", "1")
        own = title.fr if school.language == "fr" else title.en
        assert metadata["dc:title"] == f"{own} – {paper.document.learner}"


@every_paper
def test_every_page_says_that_it_is_invented(make: Callable[[int], Paper]) -> None:
    document = make(YEAR).document
    for text in pages(compose.pdf(document)):
        assert "Établissement fictif · Fictitious institution" in text


@every_paper
def test_names_learner_institution_and_number(make: Callable[[int], Paper]) -> None:
    document = make(YEAR).document
    first = pages(compose.pdf(document))[0]
    for words in (document.learner, document.school.name_fr, document.school.name_en, document.number):
        assert words in first


@every_paper
def test_both_languages_name_the_document(make: Callable[[int], Paper]) -> None:
    """A transcript bears both titles; a diploma both degrees; a letter both texts."""
    document = make(YEAR).document
    pair = document.title if not hasattr(document, "award") else document.award
    first = pages(compose.pdf(document))[0]
    assert pair.fr in first and pair.en in first


@every_paper
def test_composing_takes_less_than_a_second(make: Callable[[int], Paper]) -> None:
    started = time.perf_counter()
    compose.pdf(make(YEAR).document)
    assert time.perf_counter() - started < 1


@every_paper
def test_the_same_document_has_the_same_bytes(make: Callable[[int], Paper]) -> None:
    assert compose.pdf(make(YEAR).document) == compose.pdf(make(YEAR).document)


@every_paper
def test_the_product_takes_it(make: Callable[[int], Paper]) -> None:
    assert pdf.check(compose.pdf(make(YEAR).document)).page_count == PAPERS[make][0]


def test_seals_are_drawings_that_read_as_one_thing() -> None:
    """Their letters are outlines, so the extracted text has no ring of single letters."""
    text = "".join(pages(compose.pdf(papers.bachelor_diploma(YEAR).document)))
    assert "MCMXLVIII" not in text


def test_transcript_holds_every_course_once_and_repeats_its_header() -> None:
    document = papers.bachelor_transcript(YEAR).document
    assert isinstance(document, Transcript)
    texts = pages(compose.pdf(document))
    whole = "\n".join(texts)
    for term in document.programme.terms:
        for course in term.courses:
            assert whole.count(course.code) == 1
            assert course.title in whole
    assert [text.count("Titre du cours") for text in texts] == [1, 1, 0]


def test_transcript_explains_itself_in_both_languages_on_its_last_page() -> None:
    last = pages(compose.pdf(papers.technology_transcript(YEAR).document))[-1]
    assert "Legend" in last and "Légende" in last
    assert re.search(r"807.555-0117", last)


def test_correction_says_what_it_replaces_and_changes_the_average() -> None:
    before = "".join(pages(compose.pdf(papers.bachelor_transcript(YEAR).document)))
    paper = papers.bachelor_transcript(YEAR, corrected_on=date(YEAR, 11, 10))
    after = "".join(pages(compose.pdf(paper.document)))
    note = "Remplace le relevé délivré en juin"
    assert (note in before, note in after) == (False, True)
    assert ("3,85" in before, "3,86" in after) == (True, True)
    assert "10 novembre 2026" in after
