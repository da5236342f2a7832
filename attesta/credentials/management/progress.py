"""How far a long command got, on stderr: a bar that moves on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 30
EVERY = 0.1  # seconds, on a terminal
EVERY_ELSEWHERE = 10.0


class Progress:
    """``show(done, total)`` may be called as often as one likes."""

    def __init__(self, label: str, out: TextIO) -> None:
        self.label, self.out = label, out
        self.moving = out.isatty()
        self._last, self._shown = time.monotonic(), ""

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - self._last >= (EVERY if self.moving else EVERY_ELSEWHERE):
            self._last = now
            self._write(done, total)

    def end(self) -> None:
        """The next text begins on a line of its own."""
        if self.moving and self._shown:
            self.out.write("\n")
            self.out.flush()

    def _write(self, done: int, total: int) -> None:
        part = done / total if total else 1.0
        line = f"{self.label} {done}/{total} ({int(100 * part)} %)"
        if line == self._shown:
            return
        self._shown = line
        full = int(WIDTH * part)
        self.out.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {line} " if self.moving else f"{line}\n")
        self.out.flush()
