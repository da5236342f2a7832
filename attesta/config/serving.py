"""Two questions of the start scripts: is this port free, does this address answer? No Django.

``python -m attesta.config.serving free PORT`` and ``… answers URL PID`` exit with 0 for yes.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from http.client import HTTPException
from urllib.request import urlopen

PATIENCE = 60.0  # seconds


def free(port: int) -> bool:
    """Could a server listen on this loopback port now?"""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def answers(url: str, pid: int) -> bool:
    """Wait until ``url`` answers; no when the process ``pid`` ends first or patience does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and alive(pid):
        try:
            with urlopen(url, timeout=5):  # noqa: S310 our own address
                return True
        except (OSError, HTTPException):
            time.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main(question: str, *values: str) -> int:
    yes = free(int(values[0])) if question == "free" else answers(values[0], int(values[1]))
    return 0 if yes else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
