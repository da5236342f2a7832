"""What raw bytes say about where they come from, without being parsed: a broken file cannot be.

Our seals name the page that verifies them (``/Location``): a code and the number of a version. Either is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from uuid import UUID

UUID_PATTERN = rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
CODE_PATTERN = rb"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}"
ADDRESS = re.compile(rb"/verify/(?P<code>%s)|\?v=(?P<version>%s)" % (CODE_PATTERN, UUID_PATTERN))
KEY, KEY_BYTES = b"/Location", 200  # the address begins at most that far behind its key
MOST = 20
END = re.compile(rb"(%%EOF)(?:\r\n|\r|\n)?")
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A place that names a document of ours. ``in_seal``: as a seal does, not as any text may."""

    code: str
    version: UUID | None
    in_seal: bool


def claims(pdf: bytes) -> Iterator[Claim]:
    """At most a few, in the file's order."""
    for count, found in enumerate(ADDRESS.finditer(pdf)):
        if count == MOST:
            return
        code, version = found["code"], found["version"]
        yield Claim(
            code=code.decode() if code else "",
            version=UUID(version.decode()) if version else None,
            in_seal=KEY in pdf[max(0, found.start() - KEY_BYTES) : found.start()],
        )


def of_location(location: str) -> Claim | None:
    """The first claim in what a parsed seal names as its address."""
    return next(claims(KEY + location.encode("utf-8", "replace")), None)


def earlier_hashes(pdf: bytes) -> list[str]:
    """SHA-256 of what the file may have been before each later addition, newest first."""
    ends = [place for found in islice(END.finditer(pdf), MOST_PARTS) for place in (found.end(1), found.end())]
    running, start, hashes = sha256(), 0, []
    for end in dict.fromkeys(ends):
        running.update(memoryview(pdf)[start:end])
        start = end
        if end < len(pdf):
            hashes.append(running.hexdigest())
    return hashes[::-1]
