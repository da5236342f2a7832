"""What others made takes the seal too, and looks and reads as before."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.seals import composed, papers
from tests.seals.checkers import Checkers, broken
from tests.seals.office import Office

pytestmark = pytest.mark.once

type CheckersOf = Callable[[Office], Checkers]


@pytest.mark.parametrize("paper", papers.PAPERS, ids=lambda paper: paper.__name__)
def test_every_tool_agrees(office: Office, checkers: CheckersOf, paper: Callable[[], bytes]) -> None:
    sealed = office.seal(paper())
    checkers(office).all_agree(sealed)
    assert PdfFileReader(BytesIO(sealed)).xrefs.total_revisions == 1


@pytest.mark.parametrize("paper", papers.PAPERS, ids=lambda paper: paper.__name__)
def test_pages_look_and_read_as_before(office: Office, paper: Callable[[], bytes]) -> None:
    before = paper()
    assert pages(office.seal(before)) == pages(before)


@pytest.mark.parametrize("standard", ["1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u"])
def test_an_archival_document_stays_what_it_claims_to_be(office: Office, checkers: CheckersOf, standard: str) -> None:
    sealed = office.seal(composed.compose(composed.LETTER, f"a-{standard}"))
    checkers(office).all_agree(sealed)
    assert broken(sealed, standard) == []


def pages(pdf: bytes) -> list[tuple[bytes, str]]:
    """Each page's picture and text."""
    document = pypdfium2.PdfDocument(pdf)
    return [(page.render(scale=0.5).to_pil().tobytes(), page.get_textpage().get_text_bounded()) for page in document]
