"""The whole check: opens the file, weighs its seal, and writes one line a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attesta.seals.checking import lines, reading
from attesta.seals.checking.reading import Document, Unreadable
from attesta.seals.checking.weighing import Weighed, weigh
from attesta.seals.report import CODES, Check, Report, Verdict


def check(pdf: bytes, *, roots: Sequence[bytes], now: datetime, crls: Sequence[bytes] = ()) -> Report:
    """``roots``, ``crls``: DER. Never raises for what is in ``pdf``, and asks no network."""
    try:
        document = reading.read(pdf)
    except Unreadable as error:
        return _unread(error.args[0])
    try:
        return _examined(document, roots, now, crls)
    except Exception:  # hostile bytes make parsers raise anything; what cannot be examined is not vouched for
        return _unread("damaged")


def _examined(document: Document, roots: Sequence[bytes], now: datetime, crls: Sequence[bytes]) -> Report:
    if not document.seals:
        return _unsealed(document)
    weighed = weigh(document, roots=roots, now=now, crls=crls)
    return _report(weighed)


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
    )


def _unsealed(document: Document) -> Report:
    """A readable PDF without a seal, or with something that only looks like one."""
    if not document.broken:
        reason = {"reason": "stamp-only"} if document.stamps else {}
        return _same(Verdict.UNKNOWN, {"sealed": Check("sealed", Verdict.NO, reason)})
    found = {"sealed": Check("sealed", Verdict.ATTENTION, {"reason": "broken"})}
    for code in ("whole-file", "unaltered", "signature"):
        found[code] = Check(code, Verdict.NO, {"reason": "broken"})
    return _same(Verdict.UNKNOWN, found)


def _unread(reason: str) -> Report:
    if reason == "not-a-pdf":
        return _same(Verdict.UNKNOWN, {"is-pdf": Check("is-pdf", Verdict.NO), "sealed": Check("sealed", Verdict.NO)})
    return _same(Verdict.UNKNOWN, {"is-pdf": Check("is-pdf", Verdict.ATTENTION, {"reason": reason})})


def _same(verdict: Verdict, found: dict[str, Check]) -> Report:
    """``found``, and the same verdict on all other questions."""
    readable = {"is-pdf": Check("is-pdf", Verdict.YES)}
    known = readable | found
    return Report(tuple(known.get(code) or Check(code, verdict) for code in CODES))
