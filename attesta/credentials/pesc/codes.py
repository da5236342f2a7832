"""Codes: of courses, one text here and subject and number in PESC; of organisations."""

from __future__ import annotations

import re

from attesta.credentials.pesc.names import CODES, CSIS_LENGTH, LENGTHS

PARTS = re.compile(r"([^\W\d_]{1,10})[ \-.]?(\d\w{0,14})")


def divided(code: str) -> tuple[str, str]:
    """Subject and number of ``OCE-1010`` or ``OCE 1010``; otherwise no subject, and as much as fits for a number."""
    found = PARTS.fullmatch(code)
    return (found[1], found[2]) if found else ("", code[: LENGTHS["CourseNumber"]])


def joined(subject: str, number: str) -> str:
    return " ".join(part for part in (subject, number) if part)


def problem(name: str, code: str) -> str | None:
    """What is wrong with an organisation's code, or nothing."""
    if name not in CODES:
        return "unknown"
    longest = CSIS_LENGTH if name == "CSIS" else LENGTHS["OrganizationName"]
    return None if 0 < len(code) <= longest and code.isascii() else "invalid"
