"""What must be true of the keys before anything starts."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from attesta.vault import keys


def keys_are_there(*, app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error with what to do when a key is missing or damaged; a warning when others may read them."""
    if settings.TESTING:
        return []
    try:
        ensure()
    except ImproperlyConfigured as problem:
        return [Error(str(problem), id="vault.E001")]
    folder = Path(settings.KEYS_DIR)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return [Warning(f"Others on this machine may read the keys: chmod 700 {folder}", id="vault.W001")]
    return []


def ensure() -> None:
    """Use each kind of key once. Raises ImproperlyConfigured with a sentence that says what to do."""
    provider = keys.provider()
    name = provider.current()
    provider.decrypt(provider.encrypt(b"", name=name, context=b""), name=name, context=b"")
    provider.fingerprint(b"")
