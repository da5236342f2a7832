"""Files appear whole or not at all, inside the vault only."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from attesta.vault.storage import VaultStorage


class Torn(File[bytes]):
    """A source that breaks in the middle."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError("the disk is full")


def test_storage_of_django_is_the_vault() -> None:
    assert isinstance(storages["default"], VaultStorage)


def test_save_is_whole_or_nothing(folder: Path) -> None:
    with pytest.raises(OSError, match="full"):
        VaultStorage().save("ab/cd/abcd", Torn(None, name="torn"))
    assert [file for file in (folder / "vault").rglob("*") if file.is_file()] == []


def test_folders_are_for_their_owner_alone(folder: Path) -> None:
    VaultStorage().save("ab/cd/abcd", ContentFile(b"x"))
    folders = [path for path in (folder / "vault").rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert len(folders) == 2


def test_the_same_name_is_the_same_file() -> None:
    storage = VaultStorage()
    assert storage.save("ab/cd/abcd", ContentFile(b"x")) == "ab/cd/abcd"
    assert storage.save("ab/cd/abcd", ContentFile(b"x")) == "ab/cd/abcd"
    assert storage.listdir("ab/cd") == ([], ["abcd"])
    assert storage.size("ab/cd/abcd") == 1


def test_delete_twice_is_no_error() -> None:
    storage = VaultStorage()
    storage.save("ab/cd/abcd", ContentFile(b"x"))
    storage.delete("ab/cd/abcd")
    storage.delete("ab/cd/abcd")
    assert not storage.exists("ab/cd/abcd")


@pytest.mark.parametrize("name", ["../keys/wrapping-0001.key", "/etc/passwd", "ab/../../x", ""])
def test_nothing_outside_is_reached(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        VaultStorage().path(name)


def test_nothing_is_opened_for_writing_and_nothing_has_a_url() -> None:
    storage = VaultStorage()
    storage.save("ab/cd/abcd", ContentFile(b"x"))
    with pytest.raises(ValueError, match="written once"):
        storage.open("ab/cd/abcd", "wb")
    with pytest.raises(NotImplementedError):
        storage.url("ab/cd/abcd")
