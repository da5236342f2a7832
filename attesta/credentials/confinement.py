"""Hands untrusted files to programs without our secrets, database or disk, and takes their answers.

One such program a process and purpose, started at the first request; it ends by itself after a while without work.
Its inside is ``confined``.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]
START = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_module(sys.argv[2], run_name='__main__')"
SECONDS = 120.0  # the program keeps shorter times itself; this ends the program


class Failed(ValueError):
    """The file could not be read within its bounds."""


class Gone(ConnectionError):
    """The program has ended."""


class Program:
    """``module`` calls ``confined.serve``. Threads ask in turn."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._lock = threading.Lock()
        self._running: dict[int, subprocess.Popen[bytes]] = {}  # by process, so that a fork starts its own
        atexit.register(self.stop)

    def ask(self, verb: str, data: bytes, **facts: Any) -> bytes:
        """What the program answers. ``facts`` as JSON has them. Raises Failed."""
        request = json.dumps({"verb": verb, "facts": facts, "size": len(data)}).encode() + b"\n"
        with self._lock:
            try:
                done, found = self._exchange(request, data)
            except Gone:  # it had ended for want of work, just now
                done, found = self._exchange_again(request, data)
        if not done:
            raise Failed("The file could not be read within its bounds.")
        return found

    def stop(self) -> None:
        """End the program, if it runs."""
        if program := self._running.pop(os.getpid(), None):
            program.kill()
            program.communicate()

    @property
    def pid(self) -> int | None:
        program = self._running.get(os.getpid())
        return program.pid if program else None

    def _program(self) -> subprocess.Popen[bytes]:
        program = self._running.get(os.getpid())
        if program is None or program.poll() is not None:
            self.stop()
            program = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-c", START, str(ROOT), self.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
            )
            self._running[os.getpid()] = program
        return program

    def _exchange_again(self, request: bytes, data: bytes) -> tuple[bool, bytes]:
        try:
            return self._exchange(request, data)
        except Gone:
            return False, b""

    def _exchange(self, request: bytes, data: bytes) -> tuple[bool, bytes]:
        """Was it done, and what was found. A program interrupted in between is not asked again. Raises Gone."""
        program = self._program()
        assert program.stdin
        assert program.stdout
        timer = threading.Timer(SECONDS, program.kill)
        timer.start()
        whole = False
        try:
            program.stdin.write(request + data)
            program.stdin.flush()
            answer = json.loads(program.stdout.readline() or _gone())
            found = _exactly(program.stdout, answer["size"])
            whole = True
        except BrokenPipeError:
            _gone()
        finally:
            timer.cancel()
            if not whole:
                self.stop()
        return answer["done"], found


def _exactly(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) < size:
        _gone()
    return found


def _gone() -> NoReturn:
    raise Gone("The program has ended.")
