"""Those who open shares on SQLite queue: in threads and in processes."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from attesta.shares import turns

pytestmark = pytest.mark.django_db


def is_free(folder: Path) -> bool:
    """As another process sees it: it opened the file itself."""
    with (folder / "turn.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_one_at_a_time_on_sqlite_and_free_again_after_a_failure(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    turns._file.cache_clear()
    with pytest.raises(ZeroDivisionError), turns.in_turn():
        assert is_free(tmp_path) is (connection.vendor != "sqlite")
        raise ZeroDivisionError
    assert is_free(tmp_path)
    turns._file.cache_clear()
