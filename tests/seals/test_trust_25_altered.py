"""Any flipped byte fails verification; an incremental edit shows as altered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attesta.seals import renewal
from attesta.seals.checking import check
from attesta.seals.report import Report, Verdict
from tests.harness import forgeries
from tests.seals.checkers import GOOD, Checkers
from tests.seals.office import Office

pytestmark = pytest.mark.once

FLIPS = 300
SEED = 25


@pytest.fixture(scope="module")
def sealed(office: Office, diploma: bytes) -> bytes:
    return office.seal(diploma)


@pytest.fixture(scope="module")
def renewed(office: Office, sealed: bytes) -> bytes:
    return renewal.renew(sealed, stamper=office.stamper, evidence=office.evidence)


def examined(office: Office, pdf: bytes) -> Report:
    return check(pdf, roots=[office.root], now=office.now)


def undetected(office: Office, files: list[tuple[int, bytes]]) -> list[int]:
    """Places whose flip the check did not see."""
    return [place for place, pdf in files if examined(office, pdf).is_intact]


def test_trust_25_any_flipped_byte_is_not_intact(office: Office, sealed: bytes) -> None:
    assert examined(office, sealed).is_intact
    assert undetected(office, forgeries.random_flips(sealed, FLIPS, seed=SEED)) == []


def test_trust_25_any_flipped_byte_of_a_renewed_seal_is_not_intact(office: Office, renewed: bytes) -> None:
    assert examined(office, renewed).is_intact
    assert undetected(office, forgeries.random_flips(renewed, FLIPS // 3, seed=SEED)) == []


@pytest.mark.parametrize("mask", [0x01, 0x20, 0xFF])
def test_trust_25_any_flipped_byte_of_the_signature_is_not_intact(office: Office, sealed: bytes, mask: int) -> None:
    """No signature covers its own place: every digit of it, and the empty room behind, must be as it was."""
    start, end = forgeries.hole(sealed)
    places = [start, start + 1, *range(start + 2, end - 3, 47), end - 2, end - 1]
    assert undetected(office, [(place, forgeries.flipped(sealed, place, mask)) for place in places]) == []


def test_trust_25_padding_written_into_is_altered(office: Office, sealed: bytes) -> None:
    report = examined(office, forgeries.with_padding_written(sealed))
    assert (report["whole-file"].verdict, report["whole-file"].reason) == (Verdict.NO, "padding")


def test_trust_25_an_incremental_edit_that_pdfsig_calls_valid_is_altered(
    office: Office, sealed: bytes, checkers: Callable[[Office], Checkers]
) -> None:
    painted = forgeries.painted_over(sealed)
    assert checkers(office).pdfsig(painted) == GOOD[1:]  # valid and trusted, though not all of the document
    report = examined(office, painted)
    assert (report["whole-file"].verdict, report["whole-file"].reason) == (Verdict.NO, "edited")
    assert report["whole-file"].facts["pages-changed"] == "1"
    assert report["certified"].verdict == Verdict.NO
    assert (report.is_intact, report.is_trusted) == (False, False)
