"""Encrypted files: one data key a document version, each file bound to what it holds.

A stored file is a format mark, then nonce, ciphertext and tag; its name is the SHA-256 of all that.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from attesta.vault import keys
from attesta.vault.models import DataKey

MARK = b"ATV1"
NAME = re.compile(r"[0-9a-f]{64}")


class Missing(LookupError):
    """No such file, or its data key was erased."""


class Tampered(ValueError):
    """The file was altered, swapped with another, or belongs to another key."""


def new_key() -> DataKey:
    """A data key, wrapped but not saved: save it in the transaction that saves who uses it."""
    return wrap(DataKey(), secrets.token_bytes(keys.KEY_BYTES))


def put(content: bytes, *, key: DataKey, context: str) -> str:
    """Encrypt and store; the name. On the disk when this returns. A file nobody comes to name is swept later."""
    sealed = MARK + keys.encrypt(content, key=unwrap(key), context=keys.bound("blob", context))
    name = hashlib.sha256(sealed).hexdigest()
    storages["default"].save(place(name), ContentFile(sealed))
    return name


def get(name: str, *, key: DataKey, context: str) -> bytes:
    """Plain bytes. Raises Missing, Tampered."""
    if not NAME.fullmatch(name):
        raise Missing("This is not the name of a stored file.")
    try:
        with storages["default"].open(place(name)) as file:
            sealed = file.read()
    except FileNotFoundError:
        raise Missing(f"The stored file {name} is not there.") from None
    if not sealed.startswith(MARK):
        raise Tampered(f"The stored file {name} was altered.")
    try:
        return keys.decrypt(memoryview(sealed)[len(MARK) :], key=unwrap(key), context=keys.bound("blob", context))
    except keys.Undecipherable:
        raise Tampered(f"The stored file {name} was altered, or is not what it is read as.") from None


def place(name: str) -> str:
    """Where a file lies in the storage: two levels of folders keep each small."""
    return f"{name[:2]}/{name[2:4]}/{name}"


def wrap(key: DataKey, plain: bytes) -> DataKey:
    """Put ``plain`` into the row under the provider's current key. Does not save."""
    provider = keys.provider()
    key.wrapping_key = provider.current()
    key.wrapped = provider.encrypt(plain, name=key.wrapping_key, context=_bound(key))
    return key


def unwrap(key: DataKey) -> bytes:
    """The 32 bytes of the key. Raises Tampered when the row was altered or swapped."""
    try:
        return keys.provider().decrypt(bytes(key.wrapped), name=key.wrapping_key, context=_bound(key))
    except keys.Undecipherable:
        raise Tampered(f"The data key {key.pk} was altered, or is another one's.") from None


def _bound(key: DataKey) -> bytes:
    return keys.bound("data-key", key.wrapping_key, str(key.pk))
