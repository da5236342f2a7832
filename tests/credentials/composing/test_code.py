"""Codes that people copy from paper: hard to guess, hard to get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials.composing import code
from attesta.credentials.composing.code import ALPHABET, LENGTH

pytestmark = pytest.mark.once
CODE = "K7QX-9M2F-3ABC-DEFG-HJ49"
places = some.integers(0, LENGTH - 1)
letters = some.sampled_from(ALPHABET)


def plain(text: str) -> str:
    return text.replace("-", "")


def test_a_new_code_is_five_groups_of_four_and_has_its_check() -> None:
    for _ in range(200):
        made = code.new_code()
        assert [len(group) for group in made.split("-")] == [4] * 5
        assert set(plain(made)) <= set(ALPHABET)
        assert code.normal(made) == made


def test_codes_do_not_repeat_and_use_every_letter() -> None:
    made = [code.new_code() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert set("".join(made)) == {*ALPHABET, "-"}


@given(place=places, letter=letters)
def test_one_wrong_character_is_found(place: int, letter: str) -> None:
    right = plain(CODE)
    wrong = right[:place] + letter + right[place + 1 :]
    assert code.normal(wrong) == (CODE if wrong == right else None)


@given(place=some.integers(0, LENGTH - 2))
def test_two_neighbours_exchanged_are_found(place: int) -> None:
    right = plain(code.new_code())
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert (code.normal(wrong) is None) == (wrong != right)


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        plain,
        lambda text: text.replace("-", " "),
        lambda text: f"  {text}\n",
        lambda text: text.replace("-", "–"),
        lambda text: text.replace("-", " - "),
        lambda text: text.replace("0", "O").replace("1", "I"),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text),
    ],
)
def test_a_code_is_read_however_it_is_typed(change: object) -> None:
    assert callable(change)
    for _ in range(20):
        made = code.new_code()
        assert code.normal(change(made)) == made


@pytest.mark.parametrize("text", ["", "K7QX", "é" * 20, "U" * 20, "0" * 21, "0" * 19, "0" * 100_000, "٠" * 20])
def test_what_is_no_code_is_none(text: str) -> None:
    assert code.normal(text) is None


@given(text=some.text(max_size=40))
def test_anything_typed_is_answered(text: str) -> None:
    assert code.normal(text) in {None, code.normal(code.normal(text) or "")}
