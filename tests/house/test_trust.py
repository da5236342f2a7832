"""docs/trust.md is true: each test that it names bears its promise's number, and no number lacks a promise."""

from __future__ import annotations

import re

import pytest

from tests.house import source

PAGE = (source.ROOT / "docs/trust.md").read_text()
ROWS = {int(number): row for number, row in re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)}
FILE = re.compile(r"`([a-z_0-9/]+\.py)`")
NAMED = re.compile(r"^def test_trust_(\d{2})_", re.MULTILINE)


def place(name: str) -> str:
    return name if name.startswith("bench/") else f"tests/{name}"


def numbers(name: str) -> set[int]:
    """Those that tests of this file bear."""
    return {int(number) for number in NAMED.findall((source.ROOT / place(name)).read_text())}


@pytest.mark.parametrize("number", ROWS)
def test_a_promise_names_files_whose_tests_bear_its_number(number: int) -> None:
    files = FILE.findall(ROWS[number])
    tests = [name for name in files if name.rpartition("/")[2].startswith("test_")]
    assert tests != []
    assert [name for name in files if not (source.ROOT / place(name)).is_file()] == []
    assert [name for name in tests if number not in numbers(name)] == []


def test_every_number_of_a_test_is_a_promise() -> None:
    borne = {int(number) for path in source.modules("tests") for number in NAMED.findall(path.read_text())}
    assert borne - ROWS.keys() == set()
