"""The palette keeps its promise: text at 7:1, edges at 3:1, on every ground, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "attesta/web/static/web/css/tokens.css"
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text())
}
GROUNDS = ["ground", "paper", "paper-sunk", "hover"]
TEXT = [
    *[(text, ground) for text in ("ink", "ink-soft", "link", "wax") for ground in GROUNDS],
    *[("ink", f"{tone}-ground") for tone in ("green", "amber", "blue", "wax")],
    *[(tone, f"{tone}-ground") for tone in ("green", "amber", "blue", "grey", "wax")],
    ("on-primary", "primary"),
    ("on-primary", "primary-over"),
    ("on-wax", "wax"),
    ("on-wax", "wax-over"),
    ("ink-soft", "grey-ground"),
]
EDGES = [
    *[("edge", ground) for ground in (*GROUNDS, "grey-ground")],
    *[("focus", ground) for ground in GROUNDS],
    *[("green", ground) for ground in GROUNDS],
    ("seal", "paper"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_at_seven_to_one(text: str, ground: str, scheme: int) -> None:
    assert contrast(PAIRS[text][scheme], PAIRS[ground][scheme]) >= 7


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_stand_at_three_to_one(edge: str, ground: str, scheme: int) -> None:
    assert contrast(PAIRS[edge][scheme], PAIRS[ground][scheme]) >= 3


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
