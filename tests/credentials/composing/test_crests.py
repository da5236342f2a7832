"""Drawings that institutions hand in: shapes pass, whatever runs, fetches, or would print empty boxes does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from attesta.credentials.composing import crests
from tests.credentials.composing.samples import CREST, HAND

pytestmark = pytest.mark.once
SHAPES = Path(__file__).parents[3] / "demo" / "documents" / "sheets"


def svg(inside: str, outside: str = 'viewBox="0 0 10 10"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {outside}>{inside}</svg>'.encode()


@pytest.mark.parametrize("drawing", [CREST, HAND, *(path.read_bytes() for path in sorted(SHAPES.glob("*.svg")))])
def test_shapes_pass(drawing: bytes) -> None:
    assert crests.problem(drawing) is None


def test_gradients_and_notes_of_the_drawing_program_pass() -> None:
    gradient = (
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path fill="url(#a)" d="M0 0h9v9z"/>'
    )
    notes = '<metadata><x xmlns="urn:x"><y/></x></metadata><!-- made by hand -->'
    assert crests.problem(svg(gradient + notes)) is None


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (b"", "not-svg"),
        (b"%PDF-1.7", "not-svg"),
        (b"<html/>", "not-svg"),
        (b'<svg viewBox="0 0 1 1"/>', "not-svg"),
        (svg("<path"), "not-svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<path/>"), "not-svg"),
        (svg("<path/>", outside=""), "without-size"),
        (svg("<path/>", outside='width="100%" height="0"'), "without-size"),
        (svg("<path/>", outside='width="NaN" height="-1" viewBox="0 0 0 0"'), "without-size"),
        (svg("<script>alert(1)</script>"), "active"),
        (svg('<path onclick="x()"/>'), "active"),
        (svg("<style>*{}</style>"), "active"),
        (svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "active"),
        (svg('<image href="https://example.com/a.png"/>'), "foreign"),
        (svg('<g><use href="#a"/></g>'), "foreign"),
        (svg("<text>Collège</text>"), "text"),
        (svg('<path fill="url(https://example.com/a#b)"/>'), "outside"),
        (svg('<path style="fill: URL( http://example.com )"/>'), "outside"),
        (svg('<linearGradient href="file:///etc/passwd"/>'), "outside"),
        (svg('<?xml-stylesheet href="a.css"?><path/>'), "foreign"),
        (svg("<g>" * 40 + "</g>" * 40), "too-large"),
        (svg("<path/>" * 6000), "too-large"),
        (svg("<!--" + "x" * crests.MOST_BYTES + "-->"), "too-large"),
    ],
)
def test_anything_else_is_refused_with_its_reason(drawing: bytes, code: str) -> None:
    assert crests.problem(drawing) == code
