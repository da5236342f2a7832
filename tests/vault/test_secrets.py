"""Sealed columns open for their own purpose and row, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as some

from attesta.vault import keys, secrets
from attesta.vault.secrets import Unreadable, fingerprint, is_current, seal, unseal

kept_folder = effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)


@kept_folder
@given(plain=some.text(), purpose=some.text(), context=some.text())
def test_unseal_gives_back_what_was_sealed(plain: str, purpose: str, context: str) -> None:
    assert unseal(seal(plain, purpose=purpose, context=context), purpose=purpose, context=context) == plain


@pytest.mark.parametrize(("purpose", "context"), [("share.pin", "1"), ("share.token", "2"), ("share.token1", "")])
def test_another_purpose_or_row_opens_nothing(purpose: str, context: str) -> None:
    sealed = seal("a token", purpose="share.token", context="1")
    with pytest.raises(Unreadable):
        unseal(sealed, purpose=purpose, context=context)


@kept_folder
@given(place=some.integers(min_value=0, max_value=49), change=some.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal("a token", purpose="share.token", context="1"))
    sealed[place] ^= change
    with pytest.raises((Unreadable, ImproperlyConfigured)):
        unseal(bytes(sealed), purpose="share.token", context="1")


@kept_folder
@given(noise=some.binary(max_size=80))
def test_noise_is_unreadable(noise: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(noise, purpose="share.token", context="1")


def test_the_same_value_is_never_sealed_alike() -> None:
    assert seal("1234", purpose="share.pin", context="1") != seal("1234", purpose="share.pin", context="1")


def test_a_view_of_memory_is_read_too() -> None:
    assert unseal(memoryview(seal("1234", purpose="p", context="1")), purpose="p", context="1") == "1234"


def test_rotation_leaves_old_values_readable_and_names_them(folder: Path) -> None:
    old = seal("a token", purpose="share.token", context="1")
    keys.add_wrapping_key(folder / "keys")
    assert not is_current(old)
    assert unseal(old, purpose="share.token", context="1") == "a token"
    assert is_current(seal("a token", purpose="share.token", context="1"))


def test_fingerprint_compares_within_a_purpose_and_outlives_rotation(folder: Path) -> None:
    before = fingerprint("203.0.113.7", purpose="network")
    keys.add_wrapping_key(folder / "keys")
    assert fingerprint("203.0.113.7", purpose="network") == before
    assert fingerprint("203.0.113.7", purpose="device") != before
    assert len(before) == 64


def test_fingerprint_needs_the_key(folder: Path) -> None:
    before = fingerprint("1234", purpose="pin")
    (folder / "keys" / "fingerprint.key").unlink()
    keys.create(folder / "keys")
    assert secrets.fingerprint("1234", purpose="pin") != before
