"""The seal itself. Only byte arithmetic on a prepared PDF: nothing is parsed here."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from attesta.seals import cms
from attesta.seals.evidence import Evidence
from attesta.seals.preparing import Prepared, prepare
from attesta.seals.signers import Signer
from attesta.seals.timestamps import Stamper


def seal(
    pdf: bytes,
    *,
    signer: Signer,
    stamper: Stamper,
    evidence: Evidence,
    label: str,
    reason: str,
    location: str,
    at: datetime,
    name: str,
) -> bytes:
    """Of a PDF we made ourselves, in this process: PAdES B-LT, one revision, certified against any change."""
    hole = hole_size(signer, stamper)
    prepared = prepare(
        pdf, evidence=evidence, hole=hole, label=label, reason=reason, location=location, at=at, name=name
    )
    return fill(prepared, signer=signer, stamper=stamper)


def hole_size(signer: Signer, stamper: Stamper) -> int:
    """How many bytes to leave for the signature."""
    return cms.longest(signer=signer, stamper=stamper)


def fill(prepared: Prepared, *, signer: Signer, stamper: Stamper) -> bytes:
    """Raises ValueError when the hole is too small, and whatever the signer and the stamper raise."""
    start, end = prepared.contents
    pdf = bytearray(prepared.pdf)
    pdf[slice(*prepared.byte_range)] = _byte_range(prepared)
    with memoryview(pdf) as view:
        digest = sha256(view[:start])
        digest.update(view[end:])
    signature = cms.build(digest.digest(), signer=signer, stamper=stamper).hex().encode()
    if len(signature) > end - start - 2:
        raise ValueError("The signature is larger than the place left for it.")
    pdf[start + 1 : start + 1 + len(signature)] = signature
    return bytes(pdf)


def _byte_range(prepared: Prepared) -> bytes:
    """As wide as its placeholder."""
    start, end = prepared.contents
    first, last = prepared.byte_range
    written = b"[0 %d %d %d" % (start, end, len(prepared.pdf) - end)
    return written.ljust(last - first - 1) + b"]"
