"""A program of its own that checks files of unknown origin (see ``credentials.confined``).

``check``: one JSON line, the report (see ``exchange``). ``facts``: ``roots``, ``crls`` (DER in base64), ``now`` (ISO).
"""

from __future__ import annotations

import resource
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO

from attesta.credentials.confined import Facts, Work, answer, serve
from attesta.seals.checking import check
from attesta.verifier import exchange

SECONDS = 10  # of processor time


def run(data: bytes, facts: Facts, out: BinaryIO) -> None:
    close_doors()
    report = check(
        data,
        roots=[b64decode(each) for each in facts["roots"]],
        crls=[b64decode(each) for each in facts["crls"]],
        now=datetime.fromisoformat(facts["now"]),
    )
    answer(out, exchange.as_facts(report))


def close_doors() -> None:
    """No file, socket or pipe can be opened any more: whatever a file makes its reader do, it speaks to nobody."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def warm_up() -> None:
    """Whatever is loaded at its first use is loaded now: later it could not be."""
    with suppress(ValueError):
        check(b"%PDF-1.7\n", roots=[], now=datetime.fromisoformat("2026-01-01T00:00:00+00:00"))


if __name__ == "__main__":
    warm_up()
    serve({"check": Work(run, seconds=lambda facts: SECONDS)})
