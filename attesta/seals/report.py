"""What a check of a sealed PDF finds: one line a question, each with a code for machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CODES = (
    "is-pdf",
    "sealed",
    "whole-file",
    "unaltered",
    "signature",
    "certified",
    "chain",
    "certificate-revocation",
    "time",
    "evidence",
    "renewed",
)


class Verdict(StrEnum):
    """YES is always the good answer; UNKNOWN says that the file does not let us tell."""

    YES = "yes"
    ATTENTION = "attention"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """``facts``: short texts; ``reason`` chooses among the sentences of one verdict. Times are UTC, ISO 8601."""

    code: str
    verdict: Verdict
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return self.facts.get("reason", "")


@dataclass(frozen=True, slots=True)
class Report:
    """All of ``CODES``, in that order.

    ``signer_organization`` is set only when ``chain`` is YES. ``signer_name`` and ``location`` are what the file
    says: a claim, unless ``is_trusted``. ``sealed_at`` is a time-stamp's when ``time`` is YES, else the claimed time.
    ``sealed_bytes``: how many bytes of the file, from its first, lie under this seal.
    """

    checks: tuple[Check, ...]
    signer_organization: str = ""
    signer_name: str = ""
    sealed_at: datetime | None = None
    location: str = ""
    certificate_sha256: str = ""
    sealed_bytes: int = 0

    def __getitem__(self, code: str) -> Check:
        return next(check for check in self.checks if check.code == code)

    @property
    def is_sealed(self) -> bool:
        return self._all("sealed")

    @property
    def is_intact(self) -> bool:
        """The seal is valid, covers the whole file, and nothing was changed later (a renewal changes nothing)."""
        return self._all("sealed", "whole-file", "unaltered", "signature") and self["certified"].verdict != Verdict.NO

    @property
    def is_trusted(self) -> bool:
        """Intact, by a certificate that leads to one of our roots and was not revoked at the time."""
        revocation = self["certificate-revocation"].verdict
        return self.is_intact and self._all("chain") and revocation in {Verdict.YES, Verdict.ATTENTION}

    def _all(self, *codes: str) -> bool:
        return all(self[code].verdict == Verdict.YES for code in codes)
