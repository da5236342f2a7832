"""One byte range of a file (RFC 9110, section 14), so that a download that broke can go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from ``start`` up to, not with, ``end``."""

    start: int
    end: int


class Unsatisfiable(ValueError):
    """The range lies outside the file: 416."""


def requested(header: str, size: int) -> Span | None:
    """None for no range, several ranges, or what is not understood: the whole file answers. Raises Unsatisfiable."""
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return _last(int(suffix), size)
    start = int(first)
    if last is not None and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, size if last is None else min(int(last) + 1, size))


def _last(length: int, size: int) -> Span:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return Span(max(0, size - length), size)
