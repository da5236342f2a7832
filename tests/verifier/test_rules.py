"""One answer for every state of the register and every kind of seal."""

from __future__ import annotations

import pytest

from attesta.credentials.rules import Status
from attesta.verifier.rules import EXIT_CODE, SEVERITY, Conclusion, Known, Seal, Severity, conclusion, exit_code

pytestmark = pytest.mark.once

SOUND = {"is_pdf": True, "is_sealed": True, "is_intact": True, "is_trusted": True, "is_broken": False}


SIZE = 1000


def seal(*, sealed_bytes: int = SIZE, **facts: bool) -> Seal:
    return Seal(**SOUND | facts, sealed_bytes=sealed_bytes)


OURS = seal()
RENEWED = seal(is_renewed=True)
FOREIGN = seal(is_trusted=False)
BROKEN = seal(is_trusted=False, is_intact=False, is_broken=True)
LOOKS_SEALED = seal(is_sealed=False, is_trusted=False, is_intact=False, is_broken=True)
UNSEALED = seal(is_sealed=False, is_trusted=False, is_intact=False)
NO_PDF = Seal(is_pdf=False, is_sealed=False, is_intact=False, is_trusted=False, is_broken=False)


@pytest.mark.parametrize(
    ("status", "is_current", "expected"),
    [
        (Status.AVAILABLE, True, Conclusion.CURRENT),
        (Status.UPDATED, True, Conclusion.CURRENT),
        (Status.UPDATED, False, Conclusion.OLDER),
        (Status.EXPIRED, True, Conclusion.EXPIRED),
        (Status.EXPIRED, False, Conclusion.OLDER),
        (Status.REVOKED, True, Conclusion.REVOKED),
        (Status.REVOKED, False, Conclusion.REVOKED),
    ],
)
def test_what_was_issued_is_as_the_register_says(status: Status, is_current: bool, expected: Conclusion) -> None:
    assert conclusion(Known(status, is_current), None) == expected


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        (None, Conclusion.ALTERED),
        (BROKEN, Conclusion.ALTERED),
        (NO_PDF, Conclusion.ALTERED),
        (OURS, Conclusion.ALTERED),
        (RENEWED, Conclusion.CURRENT),
        (seal(is_renewed=True, sealed_bytes=SIZE - 1), Conclusion.CURRENT),
        (seal(is_renewed=True, is_trusted=False), Conclusion.ALTERED),
        (seal(is_renewed=True, sealed_bytes=SIZE + 1), Conclusion.ALTERED),
        (seal(is_renewed=True, sealed_bytes=0), Conclusion.ALTERED),
    ],
)
def test_trust_25_what_was_added_to_makes_it_another_file(seal: Seal | None, expected: Conclusion) -> None:
    """But for a renewal of its proof of time, by an authority that is trusted, of the seal it was issued with."""
    assert conclusion(Known(Status.AVAILABLE, is_current=True, whole=False, size=SIZE), seal) == expected


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        (None, Conclusion.ALTERED),
        (NO_PDF, Conclusion.ALTERED),
        (UNSEALED, Conclusion.ALTERED),
        (BROKEN, Conclusion.ALTERED),
        (FOREIGN, Conclusion.ALTERED),
        (OURS, Conclusion.UNREGISTERED),
    ],
)
def test_trust_25_what_says_it_is_ours_and_is_not_known_is_not_ours(seal: Seal | None, expected: Conclusion) -> None:
    assert conclusion(None, seal, claims_us=True) == expected


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        (None, Conclusion.UNCHECKED),
        (NO_PDF, Conclusion.NOT_A_PDF),
        (UNSEALED, Conclusion.UNSEALED),
        (LOOKS_SEALED, Conclusion.BROKEN),
        (BROKEN, Conclusion.BROKEN),
        (FOREIGN, Conclusion.FOREIGN),
        (OURS, Conclusion.OUTSIDE),
    ],
)
def test_of_strangers_only_what_can_be_told(seal: Seal | None, expected: Conclusion) -> None:
    assert conclusion(None, seal) == expected


def test_every_conclusion_has_a_severity_and_an_exit_code() -> None:
    assert set(SEVERITY) == set(Conclusion)
    assert set(EXIT_CODE) == set(Severity)
    assert {found: exit_code(found) for found in Conclusion if exit_code(found) != 2} == {
        Conclusion.CURRENT: 0,
        Conclusion.OLDER: 1,
        Conclusion.EXPIRED: 1,
        Conclusion.REVOKED: 1,
        Conclusion.ALTERED: 1,
        Conclusion.UNREGISTERED: 1,
        Conclusion.BROKEN: 1,
    }
