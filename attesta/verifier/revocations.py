"""What the register notes of a certificate counts at once, also before its authority's list says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from attesta.credentials.models import SealingCertificate
from attesta.credentials.register import Standing
from attesta.seals.report import Check, Report, Verdict

CODE = "certificate-revocation"


def applied(report: Report, certificate: SealingCertificate, before: Standing | None) -> Report:
    """``before``: what the register knows of the file's beginning. It proves a time, too: it was issued then."""
    if certificate.revoked_at is None:
        return report
    known = before.version.created_at if before and 0 < report.sealed_bytes <= before.version.size else None
    proven = [at for at in (known, report.sealed_at if report["time"].verdict == Verdict.YES else None) if at]
    earlier = any(at < certificate.revoked_at for at in proven)
    told = _told(report[CODE], certificate.revoked_at, earlier=earlier)
    return replace(report, checks=tuple(told if each.code == CODE else each for each in report.checks))


def _told(found: Check, revoked_at: datetime, *, earlier: bool) -> Check:
    """Never better than what was found."""
    facts = {key: value for key, value in found.facts.items() if key != "reason"} | {"revoked": _iso(revoked_at)}
    if not earlier:
        return Check(CODE, Verdict.NO, facts)
    return Check(CODE, Verdict.ATTENTION, {"reason": "later"} | facts) if found.verdict == Verdict.YES else found


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
