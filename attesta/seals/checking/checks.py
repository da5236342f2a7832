"""The whole check: opens the file, weighs its seal, and writes one line a question."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from attesta.seals.checking import lines, reading
from attesta.seals.checking.reading import Document, Unreadable
from attesta.seals.checking.weighing import Weighed, weigh
from attesta.seals.report import CODES, Check, Report, Verdict

logger = logging.getLogger(__name__)

BROKEN = Check("sealed", Verdict.ATTENTION, {"reason": "broken"})


def check(pdf: bytes, *, roots: Sequence[bytes], now: datetime, crls: Sequence[bytes] = ()) -> Report:
    """``roots``, ``crls``: DER. Never raises for what is in ``pdf``, and asks no network."""
    try:
        return _examined(reading.read(pdf), roots, now, crls)
    except Unreadable as error:
        return _unread(pdf, error.args[0])


def _examined(document: Document, roots: Sequence[bytes], now: datetime, crls: Sequence[bytes]) -> Report:
    if not document.seals:
        return _without_seal(document)
    try:
        return _report(weigh(document, roots=roots, now=now, crls=crls))
    except Exception:  # hostile bytes make parsers raise anything; what cannot be examined is not vouched for
        logger.info("a seal could not be examined", exc_info=True)
        return _broken()


def _without_seal(document: Document) -> Report:
    if document.broken:
        return _broken()
    if document.outdated:
        return _unknown_but(Check("sealed", Verdict.ATTENTION, {"reason": "outdated"}))
    if document.stamps:
        return _unknown_but(Check("sealed", Verdict.NO, {"reason": "stamp-only"}))
    return _broken() if _hides_one(document) else _unknown_but(Check("sealed", Verdict.NO))


def _hides_one(document: Document) -> bool:
    """A signature stands in the bytes, and no field of the form leads to it."""
    return reading.RANGE.search(document.pdf) is not None


def _report(weighed: Weighed) -> Report:
    checks = (
        Check("is-pdf", Verdict.YES),
        lines.sealed(weighed),
        lines.whole_file(weighed),
        lines.unaltered(weighed),
        lines.signature(weighed),
        lines.certified(weighed),
        lines.chain(weighed),
        lines.revocation(weighed),
        lines.time(weighed),
        lines.evidence(weighed),
        lines.renewed(weighed),
    )
    return Report(
        checks=checks,
        signer_organization=weighed.organization if weighed.standing.path else "",
        signer_name=weighed.name,
        sealed_at=weighed.sealed_at,
        location=weighed.location,
        certificate_sha256=weighed.fingerprint,
        sealed_bytes=weighed.envelope.end,
    )


def _broken(readable: Check | None = None) -> Report:
    """There is something like a seal, which nobody can read."""
    protecting = (Check(code, Verdict.NO, {"reason": "broken"}) for code in ("whole-file", "unaltered", "signature"))
    return _unknown_but(readable or Check("is-pdf", Verdict.YES), BROKEN, *protecting)


def _unread(pdf: bytes, reason: str) -> Report:
    if reason == "not-a-pdf":
        return _unknown_but(Check("is-pdf", Verdict.NO), Check("sealed", Verdict.NO))
    readable = Check("is-pdf", Verdict.ATTENTION, {"reason": reason})
    return _broken(readable) if reason == "damaged" and reading.RANGE.search(pdf) else _unknown_but(readable)


def _unknown_but(*found: Check) -> Report:
    known = {"is-pdf": Check("is-pdf", Verdict.YES)} | {check.code: check for check in found}
    return Report(tuple(known.get(code) or Check(code, Verdict.UNKNOWN) for code in CODES))
