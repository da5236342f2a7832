"""Hands untrusted PDFs to ``pdf_child``, a program without our secrets, database or disk, and takes its answers.

One such program a process, started at the first request; it ends by itself after a while without work.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, NoReturn

PROGRAM = Path(__file__).with_name("pdf_child.py")
SECONDS = 120.0  # the program keeps shorter times itself; this ends the program


class Failed(ValueError):
    """The PDF could not be read within its bounds."""


class Gone(ConnectionError):
    """The program has ended."""


_lock = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}  # by process, so that a fork starts its own


def ask(verb: str, pdf: bytes, numbers: Iterable[int] = ()) -> bytes:
    """What the program answers. Raises Failed."""
    request = json.dumps({"verb": verb, "numbers": list(numbers), "size": len(pdf)}).encode() + b"\n"
    with _lock:
        try:
            done, found = _exchange(request, pdf)
        except Gone:  # it had ended for want of work, just now
            done, found = _exchange_again(request, pdf)
    if not done:
        raise Failed("The PDF could not be read within its bounds.")
    return found


def stop() -> None:
    """End the program, if it runs."""
    if program := _running.pop(os.getpid(), None):
        program.kill()
        program.communicate()


def _program() -> subprocess.Popen[bytes]:
    program = _running.get(os.getpid())
    if program is None or program.poll() is not None:
        stop()
        program = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
        )
        _running[os.getpid()] = program
    return program


def _exchange_again(request: bytes, pdf: bytes) -> tuple[bool, bytes]:
    try:
        return _exchange(request, pdf)
    except Gone:
        return False, b""


def _exchange(request: bytes, pdf: bytes) -> tuple[bool, bytes]:
    """Was it done, and what was found. A program interrupted in between is not asked again. Raises Gone."""
    program = _program()
    assert program.stdin
    assert program.stdout
    timer = threading.Timer(SECONDS, program.kill)
    timer.start()
    whole = False
    try:
        program.stdin.write(request + pdf)
        program.stdin.flush()
        answer = json.loads(program.stdout.readline() or _gone())
        found = _exactly(program.stdout, answer["size"])
        whole = True
    except BrokenPipeError:
        _gone()
    finally:
        timer.cancel()
        if not whole:
            stop()
    return answer["done"], found


def _exactly(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) < size:
        _gone()
    return found


def _gone() -> NoReturn:
    raise Gone("The program has ended.")


atexit.register(stop)
