"""Which database a vault's folder belongs to: the same id stands in a row and in the folder's ``vault.id``.

A worker on another database (a demonstration, a copy for tests, a wrong address in the shell) finds files that no row
of its own names. Without this it would remove them all.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from attesta.vault.models import Vault

log = logging.getLogger(__name__)

FILE = "vault.id"


def is_ours() -> bool:
    """Do folder and database belong together?"""
    row = Vault.objects.first()
    return row is not None and written() == str(row.pk)


def join() -> None:
    """Make the pair, unless the folder holds files or an id already: then it must be this database's."""
    if is_empty() and not written():
        adopt()
    elif not is_ours():
        log.error("%s holds the files of another database, or lost its %s: see docs/operating.md.", where(), FILE)


def adopt() -> None:
    """Note that they belong together, as an operator knows of a restored database, or a folder that lost its id."""
    if not Vault.objects.exists():
        Vault.objects.create()
    _write(Vault.objects.earliest())


def after_migrate(*, using: str, **_: Any) -> None:
    """The first start makes the pair."""
    if using == "default" and Vault._meta.db_table in connections[using].introspection.table_names():
        join()


def where() -> Path:
    return Path(settings.VAULT_DIR)


def written() -> str:
    """The folder's id; empty when it has none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return (where() / FILE).read_text().strip()
    return ""


def is_empty() -> bool:
    """No encrypted file was ever put here: the folders of two digits are not there."""
    return not where().is_dir() or not any(entry.is_dir() for entry in where().iterdir())


def _write(row: Vault) -> None:
    """Whole or not at all, and readable by nobody else."""
    where().mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = where() / f".{FILE}.{os.getpid()}"
    fresh.write_text(f"{row.pk}\n")
    fresh.chmod(0o600)
    fresh.replace(where() / FILE)
