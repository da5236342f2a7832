"""Cleaning what is broken, or made to exhaust: within the bounds that uploads are read in."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from attesta.seals.cleaning import Unsealable, clean
from tests.seals.bombs import BOMBS, BROKEN, ENDED, cut, flipped

pytestmark = pytest.mark.once

MEMORY = 256 * 1024 * 1024
SECONDS = 10
CONFINED = f"""
import resource, sys
from attesta.seals.cleaning import Unsealable, clean
resource.setrlimit(resource.RLIMIT_DATA, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
pdf = sys.stdin.buffer.read()
try:
    print("cleaned", *clean(pdf).told)
except Unsealable as refused:
    print("refused", refused)
"""


@pytest.mark.parametrize(("bomb", "outcomes"), BOMBS, ids=lambda case: getattr(case, "__name__", ""))
def test_trust_24_bombs_end_within_bounds(bomb: Callable[[], bytes], outcomes: set[str]) -> None:
    """Cleaned, refused, or the process ends: never more than 256 MB and 10 seconds."""
    pdf = bomb()
    assert len(pdf) <= 25 * 1024 * 1024
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", CONFINED], input=pdf, capture_output=True, check=False)
    found = done.stdout.decode().strip() if done.returncode == 0 else ENDED
    assert found in outcomes, done.stderr[-500:]
    assert time.monotonic() - start < 3 * SECONDS  # by the clock on the wall; the limit counts processor time


@pytest.mark.parametrize(("pdf", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_trust_24_broken_files_are_cleaned_or_refused(pdf: bytes, expected: str) -> None:
    assert outcome(pdf) == expected


def test_trust_24_files_cut_anywhere_are_refused() -> None:
    assert {outcome(pdf) for pdf in cut()} == {"damaged"}


def test_trust_24_files_with_a_flipped_byte_are_cleaned_or_refused() -> None:
    assert {outcome(pdf) for pdf in flipped()} == {"cleaned", "damaged"}


def outcome(pdf: bytes) -> str:
    """Never another exception."""
    try:
        cleaned = clean(pdf)
    except Unsealable as refused:
        return refused.code
    assert clean(cleaned.pdf).told == ()
    return " ".join(("cleaned", *cleaned.told))
