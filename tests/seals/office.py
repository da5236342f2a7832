"""Who seals in these tests, and what they write on a seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from attesta.seals import pdf
from attesta.seals.evidence import Evidence
from attesta.seals.pki import Authority, FileMaterial, Key, create
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
    def new(cls, folder: Path, *, key: Key = "p256", made: datetime | None = None) -> Office:
        """With a PKI of its own. ``made``: when, and what its time-stamps tell; the time of the start unless said."""
        now = made or datetime.now(UTC).replace(microsecond=0)
        authority = create(folder, name="Attesta", now=now, key=key)
        material = authority.new_sealing(
            organization_id=UUID(INSTITUTION), name_fr="Université du Fleuve", name_en="River University", now=now
        )
        signer = FileSigner.from_pem(material.key_pem, material.chain_pem)
        stamper = authority.stamper(lambda: now)
        return cls(authority, material, signer, stamper, authority.evidence(now, signer.chain), now)

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
