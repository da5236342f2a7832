"""Django's storage API over encrypted files: atomic and durable, or not there at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

PASSING = ".passing-"


class VaultStorage(Storage):
    """Files under ``VAULT_DIR``. Callers hand in ciphertext (see ``vault.blobs``); nothing has a URL.

    A file appears under its name only when every byte of it and its folder entry are on the disk.
    """

    def path(self, name: str) -> str:
        root = Path(settings.VAULT_DIR).resolve()
        full = (root / name).resolve()
        if root not in full.parents:
            raise SuspiciousFileOperation(f"{name!r} lies outside of the vault.")
        return str(full)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("The vault's files are written once, by save().")
        return ContentFile(Path(self.path(name)).read_bytes(), name=name)

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        _make_folders(target.parent)
        passing = target.parent / f"{PASSING}{secrets.token_hex(8)}"
        try:
            _write(passing, content)
            passing.rename(target)
        except BaseException:
            passing.unlink(missing_ok=True)
            raise
        _sync(target.parent)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Names are hashes of the content: the same name is the same file."""
        return name

    def delete(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            Path(self.path(name)).unlink()

    def exists(self, name: str) -> bool:
        return Path(self.path(name)).is_file()

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        folder = Path(settings.VAULT_DIR) / path
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
        return [entry.name for entry in entries if entry.is_dir()], [e.name for e in entries if not e.is_dir()]

    def size(self, name: str) -> int:
        return Path(self.path(name)).stat().st_size

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(Path(self.path(name)).stat().st_mtime, tz=UTC)


def _write(path: Path, content: File[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in content.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _make_folders(folder: Path) -> None:
    """Each new folder is durable before anything is put in it."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
