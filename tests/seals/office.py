"""Who seals in these tests, and what they write on a seal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from attesta.seals import pdf
from attesta.seals.evidence import Evidence
from attesta.seals.pki import Authority, FileMaterial
from attesta.seals.signers import FileSigner
from attesta.seals.timestamps import LocalStamper

INSTITUTION = "7f4f3d1e-4f0e-4b44-9d3c-2f6f0e0f6a01"
LABEL = "Sceau électronique de l’établissement · Electronic seal of the institution"
REASON = "Émis par l’Université du Fleuve · Issued by River University"
LOCATION = "https://attesta.example/verify/c/7Q4K-92MF"


@dataclass(frozen=True, slots=True)
class Office:
    authority: Authority
    material: FileMaterial
    signer: FileSigner
    stamper: LocalStamper
    evidence: Evidence
    now: datetime

    @classmethod
    def of(
        cls,
        authority: Authority,
        material: FileMaterial,
        now: datetime,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Office:
        signer = FileSigner.from_pem(material.key_pem, material.chain_pem)
        return cls(authority, material, signer, authority.stamper(clock), authority.evidence(now, signer.chain), now)

    @property
    def root(self) -> bytes:
        """DER."""
        return self.authority.root

    @property
    def words(self) -> dict[str, Any]:
        return {
            "label": LABEL,
            "reason": REASON,
            "location": LOCATION,
            "at": self.now,
            "name": "Université du Fleuve",
        }

    def seal(self, document: bytes) -> bytes:
        return pdf.seal(document, signer=self.signer, stamper=self.stamper, evidence=self.evidence, **self.words)
