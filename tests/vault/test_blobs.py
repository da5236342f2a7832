"""Encrypted files: bound to their key and to what they hold, named by their own hash."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as some

from attesta.vault import blobs
from attesta.vault.blobs import Missing, Tampered

kept_folder = effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
CONTENT = b"%PDF-1.7 Zo\xc3\xa9's diploma"


def file_of(folder: Path, name: str) -> Path:
    return folder / "vault" / name[:2] / name[2:4] / name


@kept_folder
@given(content=some.binary(max_size=4096))
def test_get_gives_back_what_was_put(content: bytes) -> None:
    key = blobs.new_key()
    assert blobs.get(blobs.put(content, key=key, context="a"), key=key, context="a") == content


def test_file_is_named_by_its_own_hash_and_holds_no_plaintext(folder: Path) -> None:
    name = blobs.put(CONTENT, key=blobs.new_key(), context="a")
    stored = file_of(folder, name)
    assert hashlib.sha256(stored.read_bytes()).hexdigest() == name
    assert CONTENT not in stored.read_bytes()
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert [file for file in (folder / "vault").rglob("*") if file.is_file()] == [stored]


def test_trust_27_swapped_ciphertexts_fail(folder: Path) -> None:
    key = blobs.new_key()
    first, second = blobs.put(b"one", key=key, context="version 1"), blobs.put(b"two", key=key, context="version 2")
    one, two = file_of(folder, first), file_of(folder, second)
    one_bytes, two_bytes = one.read_bytes(), two.read_bytes()
    one.write_bytes(two_bytes)
    two.write_bytes(one_bytes)
    for name, context in ((first, "version 1"), (second, "version 2")):
        with pytest.raises(Tampered):
            blobs.get(name, key=key, context=context)


def test_another_context_or_key_opens_nothing() -> None:
    key = blobs.new_key()
    name = blobs.put(CONTENT, key=key, context="issuer/credential/version/pdf")
    with pytest.raises(Tampered):
        blobs.get(name, key=key, context="issuer/credential/version/image 1")
    with pytest.raises(Tampered):
        blobs.get(name, key=blobs.new_key(), context="issuer/credential/version/pdf")


def test_a_data_key_moved_to_another_row_opens_nothing() -> None:
    key, other = blobs.new_key(), blobs.new_key()
    name = blobs.put(CONTENT, key=key, context="a")
    other.wrapped = key.wrapped
    with pytest.raises(Tampered):
        blobs.get(name, key=other, context="a")


@kept_folder
@given(place=some.integers(min_value=0), change=some.integers(min_value=1, max_value=255))
def test_trust_25_any_flipped_byte_is_noticed(place: int, change: int, folder: Path) -> None:
    key = blobs.new_key()
    name = blobs.put(CONTENT, key=key, context="a")
    stored = bytearray(file_of(folder, name).read_bytes())
    stored[place % len(stored)] ^= change
    file_of(folder, name).write_bytes(bytes(stored))
    with pytest.raises(Tampered):
        blobs.get(name, key=key, context="a")


@pytest.mark.parametrize("length", [0, 3, 4, 15, 31])
def test_a_cut_file_is_noticed(length: int, folder: Path) -> None:
    key = blobs.new_key()
    name = blobs.put(CONTENT, key=key, context="a")
    file_of(folder, name).write_bytes(file_of(folder, name).read_bytes()[:length])
    with pytest.raises(Tampered):
        blobs.get(name, key=key, context="a")


@pytest.mark.parametrize("name", ["", "0" * 64, "../keys/wrapping-0001.key", "0" * 63 + "/"])
def test_what_is_not_there_is_missing(name: str) -> None:
    with pytest.raises(Missing):
        blobs.get(name, key=blobs.new_key(), context="a")
