"""What is drawn on a sheet: the institution's seal, frame and rosette; the code to scan; our mark. All as SVG."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from attesta.credentials.composing import colours, ornament
from attesta.credentials.composing.design import Design, Paper
from attesta.credentials.composing.fonts import FAMILIES, compiled

KEPT = 64  # designs whose drawings are kept
SHORT_WORDS = {"de", "des", "du", "la", "le", "les", "et", "of", "the", "and", "en", "in", "at", "à", "d", "l"}
# Long and short side of each paper, and how far the frame stays from its edges, in points.
SIZES = {Paper.LETTER: (792.0, 612.0), Paper.A4: (841.89, 595.28)}
EDGE = 24.0
MASK = 3


def of(design: Design) -> dict[str, str]:
    """By name: seal, frame, rosette."""
    own = design.name_fr if design.language == "fr" else design.name_en
    accent = colours.legible(design.accent)
    return {
        "seal": _seal(own, accent, design.founded, design.crest, design.ring, design.crest_round),
        "frame": _frame(design.paper, accent, design.warm),
        "rosette": _rosette(accent),
    }


def code(url: str) -> str:
    """The QR code of an address, four quiet modules around it. Every mask is readable; choosing one takes 3 ms."""
    import segno  # noqa: PLC0415 - see ADR 30

    return svg_of(segno.make(url, error="m", micro=False, mask=MASK).matrix)


def svg_of(matrix: tuple[bytearray, ...]) -> str:
    """Horizontal strokes, one a dark stretch; the quiet zone is part of it."""
    size = len(matrix) + 8
    dark = ((y, run.start(), run.end()) for y, row in enumerate(matrix) for run in re.finditer(rb"\x01+", row))
    runs = "".join(f"M{start + 4} {y + 4.5}h{end - start}" for y, start, end in dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path stroke="#000" d="{runs}"/></svg>'
    )


def monogram(name: str) -> str:
    """The first letters of the weighty words of a name, three at most."""
    words = name.replace("’", " ").replace("'", " ").replace("-", " ").split()
    weighty = [word for word in words if word.lower() not in SHORT_WORDS and word[0].isalpha()]
    return "".join(word[0].upper() for word in weighty[:3])


@lru_cache(KEPT)
def _seal(name: str, ink: str, founded: str, crest: bytes | None, ring: bool, crest_round: bool) -> str:
    """Composed once to SVG, so that its letters are outlines and never read as text."""
    if crest and not ring:
        return crest.decode()
    data = {
        "ink": ink,
        "fonts": FAMILIES,
        "name": name,
        "foot": founded,
        "monogram": monogram(name),
        "crest": crest.decode() if crest else None,
        "width": 124 if crest_round else 86,
    }
    return compiled("seal.typ", {"seal": json.dumps(data)}, format="svg").decode()


@lru_cache(KEPT)
def _frame(paper: Paper, accent: str, warm: str) -> str:
    width, height = SIZES[paper]
    return ornament.frame(width - 2 * EDGE, height - 2 * EDGE, colours=[accent, warm, accent, warm])


@lru_cache(KEPT)
def _rosette(accent: str) -> str:
    return ornament.rosette(360, colour=colours.pale(accent), line=0.45)
