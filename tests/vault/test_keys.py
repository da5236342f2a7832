"""Keys in files: made once, kept private, never guessed at when missing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

from attesta.vault import blobs, checks, keys, secrets


def test_create_makes_what_is_missing_and_touches_nothing_else(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in (folder / "keys").iterdir()}
    assert set(before) == {"wrapping-0001.key", "fingerprint.key"}
    assert keys.create(folder / "keys") == []
    assert {file.name: file.read_bytes() for file in (folder / "keys").iterdir()} == before


def test_keys_are_for_their_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (folder / "keys").iterdir()} == {0o600}


def test_newest_key_is_current(folder: Path) -> None:
    assert keys.provider().current() == "wrapping-0001"
    assert keys.add_wrapping_key(folder / "keys") == "wrapping-0002"
    assert keys.provider().current() == "wrapping-0002"


@pytest.mark.parametrize("lost", ["wrapping-0001.key", "fingerprint.key"])
def test_missing_key_refuses_to_start_and_says_what_to_do(lost: str, folder: Path, settings: Settings) -> None:
    settings.TESTING = False
    (folder / "keys" / lost).unlink()
    (problem,) = checks.keys_are_there(app_configs=None)
    assert problem.id == "vault.E001"
    assert "bin/attesta create-keys" in problem.msg
    assert "backup" in problem.msg


def test_missing_key_fails_at_first_use(folder: Path) -> None:
    (folder / "keys" / "wrapping-0001.key").unlink()
    with pytest.raises(ImproperlyConfigured, match="create-keys"):
        secrets.seal("a token", purpose="share.token", context="1")


def test_damaged_key_is_named(folder: Path) -> None:
    (folder / "keys" / "wrapping-0001.key").write_bytes(b"c2hvcnQ=\n")
    with pytest.raises(ImproperlyConfigured, match=r"wrapping-0001\.key is damaged"):
        checks.ensure()


def test_keys_that_cannot_be_read_are_not_called_lost(folder: Path, settings: Settings) -> None:
    """A file in whose place stands a folder, and a folder that is a link to itself: reading fails for everyone."""
    settings.TESTING = False
    key, ring = folder / "keys" / "wrapping-0001.key", folder / "round"
    key.unlink()
    key.mkdir()
    ring.symlink_to(ring)
    for place in (key.parent, ring):
        settings.KEYS_DIR = place
        (problem,) = checks.keys_are_there(app_configs=None)
        assert "cannot be read (" in problem.msg
        assert "create-keys" not in problem.msg


@pytest.mark.parametrize("command", ["create-keys", "rotate-keys"])
def test_keys_that_cannot_be_made_end_the_command_with_a_sentence(
    command: str, folder: Path, settings: Settings, db: None
) -> None:
    settings.KEYS_DIR = folder / "keys" / "wrapping-0001.key"
    with pytest.raises(CommandError, match=r"could .*be made in .*\.key: "):
        call_command(command)


def test_keys_that_others_may_read_are_pointed_out(folder: Path, settings: Settings) -> None:
    settings.TESTING = False
    assert checks.keys_are_there(app_configs=None) == []
    (folder / "keys").chmod(0o755)
    assert [problem.id for problem in checks.keys_are_there(app_configs=None)] == ["vault.W001"]


def test_contexts_of_other_parts_never_meet() -> None:
    assert keys.bound("ab", "c") != keys.bound("a", "bc")
    assert keys.bound("a", "") != keys.bound("a")


@pytest.mark.django_db
def test_create_keys_makes_the_first_keys(folder: Path, settings: Settings) -> None:
    settings.KEYS_DIR = folder / "new"
    call_command("create-keys")
    assert keys.provider().current() == "wrapping-0001"


@pytest.mark.django_db
def test_create_keys_never_replaces_keys_that_documents_wait_for(folder: Path, settings: Settings) -> None:
    blobs.new_key().save()
    settings.KEYS_DIR = folder / "lost"
    with pytest.raises(CommandError, match="restore the keys from your backup"):
        call_command("create-keys")
    assert not (folder / "lost").exists()
