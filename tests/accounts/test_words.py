from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.accounts import words


@pytest.mark.parametrize("text", ["\u200d", " \u200c \u200d ", "\u202e\u200b", ""])
def test_what_shows_no_letter_is_nothing(text: str) -> None:
    assert words.tidy(text) == ""


@given(text=some.text())
def test_tidy_is_one_visible_line_and_stays_so(text: str) -> None:
    tidy = words.tidy(text)
    assert words.tidy(tidy) == tidy
    assert {unicodedata.category(sign) for sign in tidy if sign not in words.KEPT}.isdisjoint(words.INVISIBLE)
    assert tidy == tidy.strip()
