"""Where keys live. A provider encrypts with a key it names; key bytes never leave it.

``FileKeyProvider`` keeps one file a key in ``KEYS_DIR``. A hardware or cloud provider has the same four verbs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT = "fingerprint"
WRAPPING = re.compile(r"wrapping-(\d{4})")


class Undecipherable(ValueError):
    """These bytes were not made by this key for this context."""


class KeyProvider(Protocol):
    """Keys by name. ``context`` is bound to what is encrypted: decryption needs the same one."""

    def current(self) -> str:
        """Name of the key that new ciphertexts use."""

    def encrypt(self, plain: bytes, *, name: str, context: bytes) -> bytes: ...

    def decrypt(self, sealed: bytes, *, name: str, context: bytes) -> bytes:
        """Raises Undecipherable, and ImproperlyConfigured when the key is not there."""

    def fingerprint(self, message: bytes) -> bytes:
        """Keyed hash, 32 bytes, under a key that rotation leaves alone."""


class FileKeyProvider:
    """``wrapping-0001.key``, ``wrapping-0002.key``…: the highest number is current. ``fingerprint.key`` stays.

    Files are read at every use (microseconds), so a running server follows a rotation at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str:
        names = wrapping_names(self.folder)
        if not names:
            raise ImproperlyConfigured(missing(self.folder, "a wrapping key"))
        return names[-1]

    def encrypt(self, plain: bytes, *, name: str, context: bytes) -> bytes:
        return encrypt(plain, key=self._key(name), context=context)

    def decrypt(self, sealed: bytes, *, name: str, context: bytes) -> bytes:
        return decrypt(sealed, key=self._key(name), context=context)

    def fingerprint(self, message: bytes) -> bytes:
        return hmac.digest(self._key(FINGERPRINT), message, hashlib.sha256)

    def _key(self, name: str) -> bytes:
        path = self.folder / f"{name}.key"
        try:
            key = base64.b64decode(path.read_bytes().strip(), validate=True)
        except FileNotFoundError:
            raise ImproperlyConfigured(missing(self.folder, f"the file {name}.key")) from None
        except OSError as problem:
            raise ImproperlyConfigured(unreadable(path, problem)) from None
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"The key file {path} is damaged: restore it from your backup.")
        return key


def provider() -> KeyProvider:
    """The provider that the settings name."""
    return FileKeyProvider(Path(settings.KEYS_DIR))


def encrypt(plain: bytes, *, key: bytes, context: bytes) -> bytes:
    """AES-256-GCM: a random nonce of 12 bytes, then ciphertext and tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(sealed: bytes | memoryview, *, key: bytes, context: bytes) -> bytes:
    """Raises Undecipherable for any other key or context, and for any changed byte."""
    whole = memoryview(sealed)  # large files are not copied
    try:
        return AESGCM(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise Undecipherable("These bytes do not belong to this key and context.") from None


def bound(*parts: str) -> bytes:
    """Parts as one unambiguous context: each is preceded by its length."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def wrapping_names(folder: Path) -> list[str]:
    """Names of the wrapping keys in ``folder``, oldest first. Raises ImproperlyConfigured when it cannot be read."""
    try:
        files = list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:
        raise ImproperlyConfigured(unreadable(folder, problem)) from None
    return sorted(file.stem for file in files if file.suffix == ".key" and WRAPPING.fullmatch(file.stem))


def create(folder: os.PathLike[str]) -> list[str]:
    """Make what is missing of the first keys; names of those made. Existing keys are never touched."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = []
    if not wrapping_names(folder):
        made.append(add_wrapping_key(folder))
    if not (folder / f"{FINGERPRINT}.key").exists():
        made.append(_write_key(folder, FINGERPRINT))
    return made


def add_wrapping_key(folder: Path) -> str:
    """A new current key; its name."""
    names = wrapping_names(folder)
    number = int(names[-1].removeprefix("wrapping-")) + 1 if names else 1
    return _write_key(folder, f"wrapping-{number:04}")


def missing(folder: Path, what: str) -> str:
    return (
        f"Attesta cannot encrypt or read documents: {what} is missing in {folder}. "
        "On a new installation run: bin/attesta create-keys. "
        "On an existing one restore the folder from your backup: without it the documents cannot be read."
    )


def unreadable(path: Path, problem: OSError) -> str:
    """A folder that one may not read looks like one without keys: they are not lost."""
    return f"{path} cannot be read ({problem.strerror}): the account that runs Attesta must own the keys."


def _write_key(folder: Path, name: str) -> str:
    """Complete on disk under a passing name first, so no reader ever meets half a key."""
    fresh = folder / f".{name}.{secrets.token_hex(4)}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, folder / f"{name}.key")
    finally:
        fresh.unlink()
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return name
