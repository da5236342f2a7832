"""A confined program that was taken over: it tells what it can reach. ``facts``: ``file``, ``port``, ``pid``."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from attesta.credentials.confined import Facts, Work, answer, serve


def look(data: bytes, facts: Facts, out: BinaryIO) -> None:
    tries: dict[str, Callable[[], object]] = {
        "file": lambda: Path(facts["file"]).read_bytes(),
        "write": lambda: Path(facts["file"]).with_suffix(".new").touch(),
        "environment": lambda: Path(f"/proc/{facts['pid']}/environ").read_bytes(),
        "network": lambda: socket.create_connection(("127.0.0.1", facts["port"]), timeout=1),
        "signal": lambda: os.kill(facts["pid"], 0),
        "code": lambda: Path(__file__).parents[2].joinpath("attesta", "__init__.py").read_bytes(),
    }
    answer(out, {name: reached(attempt) for name, attempt in tries.items()})


def reached(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    serve({"look": Work(look, lambda facts: 5)})
