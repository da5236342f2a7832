"""Attesta's own small certificate authority, and what institutions bring of their own (docs/sealing.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from attesta.credentials.models import SealingCertificate
from attesta.seals import pki, sources
from attesta.seals.pki import Authority, KeyAway
from attesta.seals.sources import Source

NAME = "Attesta"


class Unreadable(ImproperlyConfigured):
    """What our own authority has on the disk is damaged or gone: no seal can be judged meanwhile."""


def local() -> Authority:
    """Made at first use. Raises ImproperlyConfigured where keys in files are not allowed."""
    require_key_files()
    require_not_lost()
    return _open(Path(settings.SEALS_DIR), state())


def require_key_files() -> None:
    """Raises ImproperlyConfigured."""
    if not settings.KEY_FILES_ALLOWED:
        raise ImproperlyConfigured(
            "Sealing keys would lie in plain files. Name the institution's own key in ATTESTA_SEALS_FILE, or set"
            " ATTESTA_ALLOW_KEY_FILES=yes to accept keys in files (docs/sealing.md)."
        )


def require_not_lost() -> None:
    """Raises Unreadable."""
    if not exists() and SealingCertificate.objects.filter(is_local=True).exists():
        raise Unreadable(
            f"The certificate authority that sealed documents so far is not in {settings.SEALS_DIR}. Bring that folder"
            " back from a backup, or name it in ATTESTA_SEALS_DIR: a new one would not vouch for them. If it is lost"
            " for good, bin/attesta new-authority --replace begins anew (docs/sealing.md)."
        )


def kept() -> Authority | None:
    """What readers need of it, whether or not it may still seal; None where there never was one. Raises Unreadable."""
    require_not_lost()
    return opened() if exists() else None


def opened() -> Authority:
    """Made by nobody. Raises Unreadable."""
    with readable():
        return Authority.open(Path(settings.SEALS_DIR))


@contextmanager
def readable() -> Iterator[None]:
    """A key that is away on purpose is another matter."""
    try:
        yield
    except KeyAway:
        raise
    except (OSError, ValueError) as trouble:
        raise Unreadable(
            f"The certificate authority in {settings.SEALS_DIR} cannot be read: {trouble}. Bring that folder back from"
            " a backup (docs/sealing.md)."
        ) from None


def prepare() -> None:
    """At a first start: the authority is there before anyone asks for its root."""
    local()


def source(slug: str) -> Source | None:
    """The institution's own certificate, key and time-stamp service, if it has them."""
    return own().get(slug)


def own() -> Mapping[str, Source]:
    """By short name, what ATTESTA_SEALS_FILE says. Raises ImproperlyConfigured."""
    if not settings.SEALS_FILE:
        return {}
    path = Path(settings.SEALS_FILE)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as problem:
        raise ImproperlyConfigured(f"ATTESTA_SEALS_FILE: {problem}") from None


def exists() -> bool:
    return (Path(settings.SEALS_DIR) / "root.pem").is_file()


def now() -> datetime:
    return timezone.now()


def state() -> tuple[int, int]:
    """Differs once the authority was replaced: a process must not go on with a root of before and keys of now."""
    try:
        found = (Path(settings.SEALS_DIR) / "root.pem").stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=8)
def _open(folder: Path, state: tuple[int, int]) -> Authority:
    return pki.open_or_create(folder, name=NAME, now=now())


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Mapping[str, Source]:
    return sources.read(path.read_text())
