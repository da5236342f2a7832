"""Files that are whole or not there: written under a passing name first, readable by nobody else."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "lock"


class Created(FileExistsError):
    """There is a PKI in this folder already; it is never overwritten."""


class Missing(FileNotFoundError):
    """There is no PKI in this folder, or a file of it was lost."""


class KeyAway(FileNotFoundError):
    """A private key is not in its folder: taken off-line on purpose, or lost."""


def write(path: Path, data: bytes) -> None:
    """Complete on disk before it gets its name; takes the place of an older one."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync(path.parent)


def read(path: Path) -> bytes:
    """Raises Missing, or KeyAway for a private key."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if path.suffix == ".key":
            raise KeyAway(
                f"The private key {path} is not there. If you keep it off-line, put it back for this step; "
                "if it is lost, restore it from your backup."
            ) from None
        raise Missing(f"{path} is not there: restore the folder from your backup, or create a new PKI.") from None


def sync(folder: Path) -> None:
    """The names in a folder are on disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private(folder: Path) -> Path:
    """Made when missing; closed to everybody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time, across threads and processes; a killed one leaves no lock behind."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
