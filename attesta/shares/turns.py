"""SQLite has one writer. Those who open shares queue here, in every thread and process, and wake as soon as they may.

SQLite's own busy handler sleeps and tries again: under load some sleep far too long. Nothing is safer for this queue,
only fairer, so whoever writes without it does no harm. PostgreSQL needs none of it.
"""

from __future__ import annotations

import fcntl
import functools
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django.conf import settings
from django.db import connection

_threads = threading.Lock()


def in_turn() -> AbstractContextManager[None]:
    return _queue() if connection.vendor == "sqlite" else nullcontext()


@contextmanager
def _queue() -> Iterator[None]:
    with _threads:  # a lock of the file belongs to the process: its threads queue among themselves first
        file = _file(os.getpid())
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


@functools.lru_cache(maxsize=1)
def _file(process: int) -> int:
    """A forked process opens its own: a lock goes with the file as it was opened."""
    return os.open(settings.DATA_DIR / "turn.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
