"""What the start scripts cannot say in sh. No Django.

``python -m attesta.config.serving free PORT``         exits with 0 when the port is free
``python -m attesta.config.serving answers URL PID``   waits until the address answers; 1 when PID ends first
``python -m attesta.config.serving group COMMAND …``   becomes COMMAND, in a process group of its own
``python -m attesta.config.serving serve OPTION …``    becomes the server, with options of granian's beside ours
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
SERVER = (
    "--interface wsgi --host 127.0.0.1 --workers 2 --blocking-threads 8 --backpressure 512 --no-ws"
    " --workers-kill-timeout 30"  # seconds after SIGTERM for what is being answered
)
PATIENCE = 60.0  # seconds
PR_SET_PDEATHSIG = 1


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


def group(command: list[str]) -> None:
    """Never returns. The group can be ended whole, and on Linux it ends with the script however that ends."""
    os.setpgid(0, 0)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execvp(command[0], command)  # noqa: S606 no shell on purpose


def serve(options: list[str]) -> None:
    """Never returns. Of an option that is given twice the last one counts. Wherever one stands, the code is found."""
    places = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, places))
    command = [sys.executable, "-m", "granian", *SERVER.split(), *options, "attesta.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606 no shell on purpose


def main(verb: str, *values: str) -> int:
    if verb == "group":
        group(list(values))
    if verb == "serve":
        serve(list(values))
    yes = free(int(values[0])) if verb == "free" else answers(values[0], int(values[1]))
    return 0 if yes else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
