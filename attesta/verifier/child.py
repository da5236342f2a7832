"""A program of its own that checks files of unknown origin (see ``credentials.confined``).

``check``: one JSON line, the report (see ``exchange``). ``facts``: ``roots``, ``crls`` (DER in base64), ``now`` (ISO).
"""

from __future__ import annotations

import resource
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import BinaryIO

from attesta.credentials.confined import Facts, Work, serve
from attesta.seals.checking import check
from attesta.verifier import exchange

SECONDS = 3  # of processor time, and twice that by the clock
MEMORY = 192 * 1024 * 1024  # beside what programs share
PACKAGES = (
    "encodings",
    "asn1crypto",
    "cryptography.x509",
    "cryptography.hazmat.backends",
    "cryptography.hazmat.primitives.asymmetric",
    "pyhanko.pdf_utils",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator",
)
FETCHERS = "pyhanko_certvalidator.fetchers."  # they speak to the network


def run(data: bytes, facts: Facts, out: BinaryIO) -> None:
    close_doors()
    report = check(
        data,
        roots=[b64decode(each) for each in facts["roots"]],
        crls=[b64decode(each) for each in facts["crls"]],
        now=datetime.fromisoformat(facts["now"]),
    )
    out.write(exchange.written(report))


def close_doors() -> None:
    """No file, socket or pipe can be opened any more: whatever a file makes its reader do, it speaks to nobody."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def warm_up() -> None:
    """Whatever is loaded at its first use is loaded now: later it could not be."""
    for package in PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            if not module.name.startswith(FETCHERS):
                with suppress(ImportError):  # of other systems, or of what we do not use
                    import_module(module.name)


if __name__ == "__main__":
    warm_up()
    serve({"check": Work(run, seconds=lambda facts: SECONDS)})
