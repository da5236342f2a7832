"""The one reader of the environment: typed, with a sentence for whatever is missing.

A data folder may carry its own ``attesta.env`` (``bin/demo`` writes one), so that
``bin/attesta`` works on that folder without further settings. Real variables win over the file.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
FILE = "attesta.env"
REAL = ("ATTESTA_SMTP_URL", "ATTESTA_KEYS_DIR", "ATTESTA_DATABASE_URL")
FOLDERS = ("ATTESTA_KEYS_DIR", "ATTESTA_VAULT_DIR", "ATTESTA_STATIC_DIR")
LOCAL = ("localhost", "127.0.0.1", "::1")


@contextmanager
def _readable(name: str, address: str, schemes: Collection[str], example: str) -> Iterator[None]:
    """Refuses an address that cannot be read without repeating it: what went wrong may be a piece of its password."""
    refusal = ImproperlyConfigured(
        f"{name} cannot be read. Set it to an address such as {example}; in a password write / as %2F and # as %23."
    )
    if address.partition("://")[0] not in schemes:
        raise refusal
    try:
        yield
    except ValueError:
        raise refusal from None


def _reader(file: Path) -> environ.Env:
    """Of the process's variables and the file's. These stay apart: Django may read the settings twice in a process."""
    reader: Any = type("Reader", (environ.Env,), {"ENVIRON": dict(os.environ)})
    if file.is_file():
        reader.read_env(file, overwrite=False)
    return reader()


class Mode(StrEnum):
    """How this process runs. Production is the default, so forgetting is safe."""

    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


class Environment:
    """Values of ``ATTESTA_*`` variables. ``names`` collects what was asked for: docs/operating.md lists them all."""

    def __init__(self) -> None:
        self.names = {"ATTESTA_DATA_DIR"}
        self._given = {name: value for name, value in os.environ.items() if name.startswith("ATTESTA_") and value}
        self.data_dir = Path(os.environ.get("ATTESTA_DATA_DIR") or ROOT / "data").resolve()
        self._env = _reader(self.data_dir / FILE)

    def mode(self) -> Mode:
        """Raises ImproperlyConfigured for a mode that does not exist."""
        name = self.text("ATTESTA_MODE", default=Mode.PRODUCTION)
        try:
            mode = Mode(name)
        except ValueError:
            choices = ", ".join(Mode)
            raise ImproperlyConfigured(f"ATTESTA_MODE is {name!r}; set it to one of: {choices}.") from None
        if mode is Mode.DEMONSTRATION:
            self._refuse_leftovers()
            self._refuse_folders()
        return mode

    def _refuse_leftovers(self) -> None:
        """A file of an earlier demonstration must not turn what is set up for real people into one."""
        real = [name for name in REAL if self._given.get(name)]
        if self._given.get("ATTESTA_BASE_URL", "").startswith("https://"):
            real.append("ATTESTA_BASE_URL")
        if real and "ATTESTA_MODE" not in self._given:
            raise ImproperlyConfigured(
                f"Attesta refuses to start: {self.data_dir / FILE} says that this is a demonstration, but the"
                f" environment is one of production ({', '.join(real)}). For production remove that file or name"
                " another folder with ATTESTA_DATA_DIR; for the demonstration unset these variables."
            )

    def _refuse_folders(self) -> None:
        """A demonstration's worker removes files that its own database does not name: never another's."""
        for name in FOLDERS:
            folder = self._given.get(name)
            if folder and self.data_dir not in Path(folder).resolve().parents:
                raise ImproperlyConfigured(
                    f"Attesta refuses to start: a demonstration keeps everything in its data folder"
                    f" {self.data_dir}. Unset {name}."
                )

    def required(self, names: dict[str, str]) -> None:
        """Refuse to start while any of ``names`` (variable → what it is for) is unset."""
        missing = [f"  {name}: {purpose}" for name, purpose in names.items() if not self.text(name)]
        if missing:
            lines = "\n".join(missing)
            raise ImproperlyConfigured(f"Attesta refuses to start. Set in the environment:\n{lines}")

    def address(self, name: str, *, default: str, guarded: bool) -> str:
        """Where the site is. Raises ImproperlyConfigured when ``guarded`` and people would reach it unencrypted."""
        address = self.text(name, default=default).rstrip("/")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ImproperlyConfigured(
                f"{name} is {address!r}; set it to an address such as https://attesta.example.org."
            )
        if guarded and parts.scheme == "http" and parts.hostname not in LOCAL:
            raise ImproperlyConfigured(
                f"{name} is {address!r}; set it to an address that begins with https://: over http everyone on the"
                " way can read links, PINs and documents."
            )
        return address

    def text(self, name: str, *, default: str = "") -> str:
        self.names.add(name)
        return str(self._env.str(name, default=default)).strip()

    def number(self, name: str, *, default: int) -> int:
        """Raises ImproperlyConfigured for what is not a whole number."""
        text = self.text(name, default=str(default))
        try:
            return int(text)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {text!r}; set it to a whole number.") from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "true", "yes", "on"}

    def words(self, name: str, *, default: list[str]) -> list[str]:
        """Comma-separated values."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def folder(self, name: str, *, default: Path) -> Path:
        return Path(self.text(name, default=str(default))).resolve()

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        """Django's DATABASES entry for an address; ``?host=/folder`` names a PostgreSQL socket.

        Raises ImproperlyConfigured for what is no such address.
        """
        address = self.text(name, default=default)
        with _readable(name, address, environ.Env.DB_SCHEMES, "postgres://user:password@host/attesta"):
            return dict(self._env.db_url_config(address))

    def smtp(self, name: str) -> dict[str, Any] | None:
        """``smtp://``, ``smtp+tls://`` or ``smtp+ssl://user:password@host:port`` as mailer options; None when unset.

        Raises ImproperlyConfigured for what is no such address.
        """
        address = self.text(name)
        if not address:
            return None
        with _readable(name, address, environ.Env.EMAIL_SCHEMES, "smtp+tls://user:password@host:587"):
            parts = self._env.email_url_config(address)
        return {
            "host": parts["EMAIL_HOST"],
            "port": parts["EMAIL_PORT"] or 25,
            "username": parts["EMAIL_HOST_USER"] or "",
            "password": parts["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": parts.get("EMAIL_USE_TLS", False),
            "use_ssl": parts.get("EMAIL_USE_SSL", False),
        }
