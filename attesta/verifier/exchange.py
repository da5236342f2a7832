"""Reports as JSON, as the confined program answers them.

The program reads hostile files, so its answers are read as if they could be hostile too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attesta.seals.report import CODES, Check, Report, Verdict

LONGEST = 1000
MOST_FACTS = 30


class Unintelligible(ValueError):
    """This is no report."""


def as_facts(report: Report) -> dict[str, Any]:
    return {
        "checks": [{"code": each.code, "verdict": each.verdict, "facts": dict(each.facts)} for each in report.checks],
        "signer_organization": report.signer_organization,
        "signer_name": report.signer_name,
        "sealed_at": report.sealed_at.isoformat() if report.sealed_at else None,
        "location": report.location,
        "certificate_sha256": report.certificate_sha256,
        "sealed_bytes": report.sealed_bytes,
    }


def written(report: Report) -> bytes:
    return json.dumps(as_facts(report)).encode()


def read(answer: bytes) -> Report:
    """Raises Unintelligible."""
    try:
        return _report(json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unintelligible("This is no report.") from error


def _report(facts: Mapping[str, Any]) -> Report:
    checks = tuple(_check(each) for each in facts["checks"])
    if tuple(each.code for each in checks) != CODES:
        raise Unintelligible("These are not the checks that were asked for.")
    return Report(
        checks=checks,
        signer_organization=_text(facts["signer_organization"]),
        signer_name=_text(facts["signer_name"]),
        sealed_at=_moment(facts["sealed_at"]),
        location=_text(facts["location"]),
        certificate_sha256=_text(facts["certificate_sha256"]),
        sealed_bytes=_number(facts["sealed_bytes"]),
    )


def _check(facts: Mapping[str, Any]) -> Check:
    told = {_text(key): _text(value) for key, value in facts["facts"].items()}
    if len(told) > MOST_FACTS:
        raise Unintelligible("That is too much.")
    return Check(_text(facts["code"]), Verdict(facts["verdict"]), told)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unintelligible("This is no short text.")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise Unintelligible("This is no number of bytes.")
    return value


def _moment(value: Any) -> datetime | None:
    """With its zone: one without cannot be compared with ours."""
    if value is None:
        return None
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise Unintelligible("This moment has no zone.")
    return found
