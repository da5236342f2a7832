"""Looks at the program that checks files, and at the processes it forks, while it works."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from attesta.verifier import verification

MEGABYTE = 1024 * 1024


class Watch:
    """``seconds`` that it took; ``memory``: the most that one process held, in bytes; ``sockets`` that any had."""

    def __enter__(self) -> Self:
        self.seconds, self.memory, self.sockets = 0.0, 0, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._start = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = time.monotonic() - self._start
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.003):
            for process in readers():
                self.memory = max(self.memory, most_memory(process))
                self.sockets = max(self.sockets, sockets(process))


def readers() -> list[Path]:
    """The program and its forks, as /proc knows them."""
    pid = verification.program.pid
    if pid is None:
        return []
    try:
        forks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ended meanwhile
        return []
    return [Path(f"/proc/{each}") for each in (pid, *forks)]


def most_memory(process: Path) -> int:
    try:
        lines = (process / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def sockets(process: Path) -> int:
    try:
        return sum(str(each.readlink()).startswith("socket:") for each in (process / "fd").iterdir())
    except OSError:
        return 0
