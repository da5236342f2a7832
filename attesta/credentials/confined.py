"""The inside of a confined program: each piece of work in a forked process with bounded time and memory.

Requests come on stdin: one JSON line ``{"verb": …, "facts": {…}, "size": …}``, then ``size`` bytes. Each gets one JSON
line ``{"done": …, "size": …}`` on stdout, then that many bytes. The program touches no disk and ends with its caller,
or after a while without work. Started by ``confinement``, which sends it nothing that is secret.
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
from dataclasses import dataclass
from typing import Any, BinaryIO

IDLE_SECONDS = 30
MEMORY = 256 * 1024 * 1024
PATIENCE = 2  # times the processor seconds, by the clock on the wall
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

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
    found = _read_all(read_end, time.monotonic() + seconds * PATIENCE)
    if found is None:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return found if status == 0 else None


def _work(work: Work, facts: Facts, data: bytes, out: int) -> None:
    """In the forked process, which ends here whatever happens."""
    status = 1
    try:
        confine(work.seconds(facts))
        with os.fdopen(out, "wb") as file:
            work.run(data, facts, file)
        status = 0
    finally:
        os._exit(status)


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
    """Everything until the other end closes; None when time is up."""
    parts: list[bytes] = []
    with os.fdopen(source, "rb", buffering=0) as file:
        while select.select([file], [], [], max(0.0, deadline - time.monotonic()))[0]:
            part = file.read(1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def answer(out: BinaryIO, facts: Facts) -> None:
    """One JSON line."""
    out.write(json.dumps(facts).encode() + b"\n")
