"""Whatever colour an institution chooses, its letters can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials.composing import colours

pytestmark = pytest.mark.once


@pytest.mark.parametrize("colour", ["#000000", "#1c5f6b", "#7a1f2b", "#1d3557", "#767676"])
def test_what_can_be_read_stays_as_it_is(colour: str) -> None:
    assert colours.legible(colour) == colour


@given(parts=some.tuples(*[some.integers(0, 255)] * 3))
def test_any_colour_becomes_legible(parts: tuple[int, int, int]) -> None:
    colour = "#{:02x}{:02x}{:02x}".format(*parts)
    assert colours.contrast(colours.legible(colour)) >= 4.5


def test_contrast_is_what_the_guidelines_say() -> None:
    assert [round(colours.contrast(colour), 2) for colour in ("#ffffff", "#000000", "#777777")] == [1.0, 21.0, 4.48]


def test_pale_is_nearly_white() -> None:
    assert colours.pale("#000000") == "#d6d6d6"
