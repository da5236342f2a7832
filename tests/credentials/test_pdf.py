"""What is a PDF we may show to anyone, and what is refused, each with its own code and sentence."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pikepdf
import pytest
from django.utils import translation
from PIL import Image

from attesta.credentials import pdf as pdfs
from attesta.credentials.refusals import SENTENCES
from attesta.credentials.rules import Refusal, Refused
from tests.credentials import files
from tests.harness.pdfs import PdfMaker


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        pdfs.check(content)
    return refusal.value.code.value


@pytest.mark.parametrize("code", files.REFUSED)
def test_trust_24_every_bad_file_is_refused_with_its_own_code_within_seconds(code: str) -> None:
    content = files.REFUSED[code]()
    start = time.monotonic()
    assert code_of(content) == code
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("make", files.POLYGLOTS.values(), ids=files.POLYGLOTS.keys())
def test_trust_24_polyglots_are_refused(make: Callable[[], bytes]) -> None:
    assert code_of(make()) == "polyglot"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.encrypted(password=""), "encrypted"),
        (files.saved_in_parts_and_truncated(), "truncated"),
        (files.without_pages(), "damaged"),
        (files.blank_pages(1).replace(b"/Count 1", b"/Count 9"), "damaged"),
        (files.page_of_size(100, 2000), "page-too-large"),
        (files.blank_pages(501), "too-many-pages"),
        (b"%PDF-9.9 %%EOF", "not-a-pdf"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"(" * 100_000 + b"\n%%EOF", "damaged"),
    ],
)
def test_odd_files_are_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_trust_24_a_huge_picture_in_a_small_file_stays_within_bounds() -> None:
    """Either it is refused or it is drawn: never more memory or time than allowed."""
    start = time.monotonic()
    try:
        pdfs.check(files.image_bomb())
        list(pdfs.render(files.image_bomb(), [1]))
    except (Refused, pdfs.Undrawable):
        pass
    assert time.monotonic() - start < 20


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Refusal)
    for code, sentence in SENTENCES.items():
        refusal = Refused(code, sentence)
        with translation.override("en"):
            english = str(refusal)
        with translation.override("fr"):
            french = str(refusal)
        assert english != french
        assert french.endswith(".")


def test_sound_pdfs_pass(pdf: PdfMaker) -> None:
    facts = pdfs.check(pdf(pages=3))
    assert (facts.page_count, facts.size) == (3, len(pdf(pages=3)))
    assert pdfs.check(pdf() + b"\r\n").page_count == 1
    assert pdfs.check(files.blank_pages(500)).page_count == 500


def test_a_pdf_saved_in_parts_passes(pdf: PdfMaker) -> None:
    """An incremental update: a whole PDF behind which a second part, with its own end, stands."""
    whole = pdf()
    previous = int(whole[whole.rfind(b"startxref") + 9 : whole.rfind(b"%%EOF")])
    with pikepdf.open(io.BytesIO(whole)) as document:
        size, root = int(document.trailer["/Size"]), document.Root.objgen[0]
    place = len(whole)
    part = b"%d 0 obj\n<< >>\nendobj\n" % size
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, place)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size + 1, root, previous)
    end = b"startxref\n%d\n%%%%EOF\n" % (place + len(part))
    assert pdfs.check(whole + part + table + trailer + end).page_count == 1


def test_what_sealing_would_take_out_is_told_before(pdf: PdfMaker) -> None:
    assert (pdfs.inspect(pdf(pages=2)).page_count, pdfs.inspect(pdf()).removed) == (2, ())
    assert pdfs.inspect(files.with_javascript()).removed == ("javascript",)
    with pytest.raises(Refused) as raised:
        pdfs.inspect(b"MZ\x90 not a PDF")
    assert raised.value.code is Refusal.NOT_A_PDF


def test_pages_are_drawn_1200_pixels_wide_with_their_text(pdf: PdfMaker) -> None:
    first, third = pdfs.render(pdf(pages=3, text="Zoé (Citoyenne)"), [1, 3])
    assert (first.number, first.width, first.height) == (1, 1200, 1553)
    assert (first.text, third.text) == ("Zoé (Citoyenne)\nPage 1", "Zoé (Citoyenne)\nPage 3")
    with Image.open(io.BytesIO(first.image)) as image:
        assert (image.format, image.size) == ("WEBP", (1200, 1553))


def test_a_page_that_is_not_there_cannot_be_drawn(pdf: PdfMaker) -> None:
    with pytest.raises(pdfs.Undrawable):
        list(pdfs.render(pdf(), [2]))


def test_tidy_lines() -> None:
    assert pdfs.tidy_lines("a\r\nb \rc\ufffe\n\n\0\n") == "a\nb\nc-"
