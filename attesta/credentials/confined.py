"""The inside of a confined program: each piece of work in a forked process with bounded time and memory.

Requests come on stdin: one JSON line ``{"verb": …, "facts": {…}, "size": …}``, then ``size`` bytes. Each gets one JSON
line ``{"done": …, "size": …}`` on stdout, then that many bytes. The program reads nothing but itself, its libraries and
typefaces, and ends with its caller, or after a while without work. Started by ``confinement``, which sends it nothing
that is secret.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from attesta.credentials import landlock

IDLE_SECONDS = 30
MEMORY = 256 * 1024 * 1024
PATIENCE = 2  # times the processor seconds, by the clock on the wall
LARGEST = 256 * 1024 * 1024  # of an answer
TICK = 0.0005  # seconds between two looks whether a process has ended
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG = 1
CODE = Path(__file__).resolve().parents[1]
NEEDED = [Path(place) for place in (CODE, sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", "/dev/urandom")]
"""Whatever is loaded at its first use: modules, libraries, typefaces; and chance, for readers of what is encrypted."""

type Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """``run`` writes what it finds to a stream; ``seconds`` of processor time are allowed to it."""

    run: Callable[[bytes, Facts, BinaryIO], None]
    seconds: Callable[[Facts], int]


def serve(verbs: Mapping[str, Work]) -> None:
    """Answer until there is nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_network()
    landlock.read_only(NEEDED)
    while select.select([0], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.buffer.readline()):
        request = json.loads(line)
        found = apart(verbs[request["verb"]], request["facts"], sys.stdin.buffer.read(request["size"]))
        answer(sys.stdout.buffer, {"done": found is not None, "size": len(found or b"")})
        sys.stdout.buffer.write(found or b"")
        sys.stdout.buffer.flush()


def leave_network() -> None:
    """Where the system lets us: no file can make its reader speak to anyone."""
    try:
        libc = ctypes.CDLL(None)
        libc.unshare(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET)
    except (OSError, AttributeError):  # not Linux
        return


def apart(work: Work, facts: Facts, data: bytes) -> bytes | None:
    """What a forked process finds; None when it crashed or went over its bounds."""
    seconds = work.seconds(facts)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        for inherited in (0, 1, read_end):  # neither requests nor answers are its own
            os.close(inherited)
        _work(work, facts, data, write_end)
    os.close(write_end)
    deadline = time.monotonic() + seconds * PATIENCE
    found = _read_all(read_end, deadline)
    status = _ended(child, deadline if found is not None else 0.0)
    return found if status == 0 else None


def _ended(child: int, deadline: float) -> int:
    """How it ended. It may have said all it had to say and stay nevertheless: it is killed then."""
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(TICK)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _work(work: Work, facts: Facts, data: bytes, out: int) -> None:
    """In the forked process, which ends here whatever happens."""
    status = 1
    try:
        bind()
        confine(work.seconds(facts))
        with os.fdopen(out, "wb") as file:
            work.run(data, facts, file)
        status = 0
    finally:
        os._exit(status)


def bind() -> None:
    """It ends with the program that forked it."""
    with suppress(OSError, AttributeError):  # not Linux
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def confine(seconds: int) -> None:
    """No file may be written, no core dumped; memory and processor time are counted."""
    for kind, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def _read_all(source: int, deadline: float) -> bytes | None:
    """Everything until the other end closes; None when time is up, or when it is too much."""
    parts: list[bytes] = []
    left = LARGEST
    with os.fdopen(source, "rb", buffering=0) as file:
        while select.select([file], [], [], max(0.0, deadline - time.monotonic()))[0]:
            part = file.read(1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
            left -= len(part)
            if left < 0:
                return None
    return None


def answer(out: BinaryIO, facts: Facts) -> None:
    """One JSON line."""
    out.write(json.dumps(facts).encode() + b"\n")
