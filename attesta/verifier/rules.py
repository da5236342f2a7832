"""What may be concluded about a file or a code: one answer, decided from plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attesta.credentials.rules import Status


class Conclusion(StrEnum):
    """Machine codes: docs/verifying.md promises them to programs."""

    CURRENT = "current"  # issued here, and it stands
    OLDER = "older"  # issued here, and replaced since
    EXPIRED = "expired"
    REVOKED = "revoked"
    ALTERED = "altered"  # it says that it was issued here, but these are not the bytes that were
    UNREGISTERED = "unregistered"  # an unbroken seal made here, on a file that the register does not know
    OUTSIDE = "outside"  # an unbroken seal of a signer whom our roots vouch for, on a file not issued here
    FOREIGN = "foreign"  # an unbroken seal of someone whom we do not know
    BROKEN = "broken"  # a seal of someone whom we do not know, and it does not hold
    UNSEALED = "unsealed"
    NOT_A_PDF = "not-a-pdf"  # or one that nobody can read
    UNCHECKED = "unchecked"  # it could not be examined within our bounds


class Severity(StrEnum):
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    UNKNOWN = "unknown"


SEVERITY = {
    Conclusion.CURRENT: Severity.GOOD,
    Conclusion.OLDER: Severity.ATTENTION,
    Conclusion.EXPIRED: Severity.ATTENTION,
    Conclusion.REVOKED: Severity.BAD,
    Conclusion.ALTERED: Severity.BAD,
    Conclusion.UNREGISTERED: Severity.BAD,
    Conclusion.BROKEN: Severity.BAD,
    Conclusion.OUTSIDE: Severity.UNKNOWN,
    Conclusion.FOREIGN: Severity.UNKNOWN,
    Conclusion.UNSEALED: Severity.UNKNOWN,
    Conclusion.NOT_A_PDF: Severity.UNKNOWN,
    Conclusion.UNCHECKED: Severity.UNKNOWN,
}
EXIT_CODE = {Severity.GOOD: 0, Severity.ATTENTION: 1, Severity.BAD: 1, Severity.UNKNOWN: 2}


@dataclass(frozen=True, slots=True)
class Known:
    """What the register says. ``whole``: of this very file; else of the part it begins with. ``size``: as issued."""

    status: Status
    is_current: bool
    whole: bool = True
    size: int = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """What the check of a file found. ``sealed_bytes``: how many, from the file's first, lie under the seal."""

    is_pdf: bool
    is_sealed: bool
    is_intact: bool
    is_trusted: bool
    is_broken: bool
    is_renewed: bool = False
    sealed_bytes: int = 0


def conclusion(known: Known | None, seal: Seal | None, *, claims_us: bool = False) -> Conclusion:
    """``seal`` is None when the file was not examined: no need to, or not within our bounds.

    ``claims_us``: the file says that it was issued or sealed here. What was is known by its bytes.
    """
    if known:
        return of_register(known) if known.whole or _only_renews(seal, known) else Conclusion.ALTERED
    if claims_us:
        return Conclusion.UNREGISTERED if seal and seal.is_trusted else Conclusion.ALTERED
    return _of_stranger(seal) if seal else Conclusion.UNCHECKED


def _only_renews(seal: Seal | None, known: Known) -> bool:
    """What was issued, with its own seal, and behind it nothing but proofs of time that we trust.

    A seal that reaches further is somebody's who came later: it vouches for whatever they changed.
    """
    if seal is None or not (seal.is_trusted and seal.is_renewed):
        return False
    return 0 < seal.sealed_bytes <= known.size


def of_register(known: Known) -> Conclusion:
    """Revoked outweighs replaced outweighs expired: what replaced it may say something else."""
    if known.status == Status.REVOKED:
        return Conclusion.REVOKED
    if not known.is_current:
        return Conclusion.OLDER
    return Conclusion.EXPIRED if known.status == Status.EXPIRED else Conclusion.CURRENT


def _of_stranger(seal: Seal) -> Conclusion:
    if not seal.is_pdf:
        return Conclusion.NOT_A_PDF
    if not seal.is_sealed:
        return Conclusion.BROKEN if seal.is_broken else Conclusion.UNSEALED
    if seal.is_broken:
        return Conclusion.BROKEN
    return Conclusion.OUTSIDE if seal.is_trusted else Conclusion.FOREIGN


def severity(found: Conclusion) -> Severity:
    return SEVERITY[found]


def exit_code(found: Conclusion) -> int:
    """0: genuine and current; 1: not; 2: cannot tell."""
    return EXIT_CODE[SEVERITY[found]]
