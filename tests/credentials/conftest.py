"""A vault folder of each test's own, and a way to see that nothing at all was changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings


@pytest.fixture(autouse=True)
def vault_folder(tmp_path: Path, settings: Settings) -> Path:
    settings.VAULT_DIR = tmp_path / "vault"
    return tmp_path / "vault"


def everything(vault_folder: Path) -> dict[str, Any]:
    """Every row of every table of ours, and the vault's files by name."""
    rows = {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
        if model.__module__.startswith("attesta.")
    }
    return {**rows, "files": sorted(str(file) for file in vault_folder.rglob("*") if file.is_file())}
