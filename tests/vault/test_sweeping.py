"""Files that nobody names go after a day; all others stay."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from attesta.vault import blobs, sweeping
from attesta.vault.folder import FILE, adopt

TOMORROW = timedelta(days=1, minutes=1)


def stored(folder: Path) -> set[str]:
    return {file.name for file in (folder / "vault").rglob("*") if file.is_file()} - {FILE}


@pytest.fixture(autouse=True)
def _pair(db: None, folder: Path) -> None:
    """The folder is this database's."""
    adopt()


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What a room's rows name; other rooms are left out."""
    names: set[str] = set()
    monkeypatch.setattr(sweeping, "_users", [])
    sweeping.register(lambda beginning: {name for name in names if name.startswith(beginning)})
    return names


def test_sweep_removes_orphans_after_a_day(folder: Path, named: set[str]) -> None:
    key = blobs.new_key()
    names = {blobs.put(b"%d" % number, key=key, context="a") for number in range(40)}
    named |= set(list(names)[:20])
    assert sweeping.sweep(timezone.now()) == 0
    assert sweeping.sweep(timezone.now() + TOMORROW) == 20
    assert stored(folder) == named
    assert sweeping.sweep(timezone.now() + TOMORROW) == 0


def test_sweep_removes_what_a_crash_left_half_written(folder: Path, named: set[str]) -> None:
    name = blobs.put(b"kept", key=blobs.new_key(), context="a")
    named.add(name)
    (folder / "vault" / name[:2] / name[2:4] / ".passing-0123").write_bytes(b"half")
    assert sweeping.sweep(timezone.now() + TOMORROW) == 1
    assert stored(folder) == {name}


def test_without_a_room_that_tells_nothing_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_users", [])
    name = blobs.put(b"kept", key=blobs.new_key(), context="a")
    assert sweeping.sweep(timezone.now() + TOMORROW) == 0
    assert stored(folder) == {name}


def test_command_says_how_many() -> None:
    out = StringIO()
    call_command("sweep-vault", stdout=out)
    assert out.getvalue() == "0 files were removed.\n"
