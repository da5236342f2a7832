"""The seal itself. Only byte arithmetic on a prepared PDF: nothing is parsed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from attesta.seals import cms
from attesta.seals.evidence import Evidence
from attesta.seals.holes import Prepared
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
    from attesta.seals.preparing import prepare  # noqa: PLC0415 - see ADR 30

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
    return fill_with(prepared, lambda digest: cms.build(digest, signer=signer, stamper=stamper))


def fill_with(prepared: Prepared, sign: Callable[[bytes], bytes]) -> bytes:
    """``sign``: from the SHA-256 of everything outside the hole to what goes into it (DER)."""
    start, end = prepared.contents
    pdf = bytearray(prepared.pdf)
    pdf[slice(*prepared.byte_range)] = _byte_range(prepared)
    with memoryview(pdf) as view:
        digest = sha256(view[:start])
        digest.update(view[end:])
    signature = sign(digest.digest()).hex().encode()
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
