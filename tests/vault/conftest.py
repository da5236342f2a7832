"""A vault of each test's own: empty folder, fresh keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from attesta.vault import keys


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Holds ``keys`` and ``vault``."""
    settings.KEYS_DIR, settings.VAULT_DIR = tmp_path / "keys", tmp_path / "vault"
    keys.create(tmp_path / "keys")
    return tmp_path
