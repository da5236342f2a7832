"""Files that no row came to name (a crash between file and row, a page drawn twice) are removed after a day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import storages

from attesta.vault import blobs, folder

log = logging.getLogger(__name__)

GRACE = timedelta(days=1)
FIRST_DIGITS = "0123456789abcdef"

NamesInUse = Callable[[str], Iterable[str]]
_users: list[NamesInUse] = []


def register(names_in_use: NamesInUse) -> None:
    """``names_in_use("a")`` are all blob names of a room's rows that begin so. Called from AppConfig.ready."""
    if names_in_use not in _users:
        _users.append(names_in_use)


def sweep(now: datetime) -> int:
    """Remove what has lain for a day and no row names; how many files. One hex digit at a time, to stay small.

    Nothing is removed from a folder that is another database's. Files are listed before rows are asked: what is
    named meanwhile is never removed.
    """
    if folder.is_empty():
        folder.join()
        return 0
    if not folder.is_ours():
        log.error(
            "%s is not this database's folder of encrypted files (or lost its %s): nothing was removed. When they do"
            " belong together: bin/attesta sweep-vault --adopt",
            folder.where(),
            folder.FILE,
        )
        return 0
    return sum(_sweep_digit(digit, now) for digit in FIRST_DIGITS) if _users else 0


def _sweep_digit(digit: str, now: datetime) -> int:
    old = [path for path in _paths(digit) if now - storages["default"].get_modified_time(path) > GRACE]
    if not old:
        return 0
    used = {blobs.place(name) for names_in_use in _users for name in names_in_use(digit)}
    orphans = [path for path in old if path not in used]
    for path in orphans:
        storages["default"].delete(path)
    return len(orphans)


def _paths(digit: str) -> Iterator[str]:
    storage = storages["default"]
    for outer in (name for name in storage.listdir("")[0] if name.startswith(digit)):
        for inner in storage.listdir(outer)[0]:
            for file in storage.listdir(f"{outer}/{inner}")[1]:
                yield f"{outer}/{inner}/{file}"
