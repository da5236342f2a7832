"""What a report says, short enough to compare."""

from __future__ import annotations

from attesta.seals.report import Report, Verdict

UNSEALED = {
    "whole-file": "unknown",
    "unaltered": "unknown",
    "signature": "unknown",
    "certified": "unknown",
    "chain": "unknown",
    "certificate-revocation": "unknown",
    "time": "unknown",
    "evidence": "unknown",
    "renewed": "unknown",
}
BROKEN = UNSEALED | {
    "sealed": "attention broken",
    "whole-file": "no broken",
    "unaltered": "no broken",
    "signature": "no broken",
}


def findings(report: Report) -> dict[str, str]:
    """``{code: "verdict reason"}`` of the lines that are not a plain yes."""
    told = {check.code: f"{check.verdict} {check.reason}".strip() for check in report.checks}
    return {code: verdict for code, verdict in told.items() if verdict != Verdict.YES}
