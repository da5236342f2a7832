"""Short secrets in columns (a link's token, a PIN, a code), each bound to its purpose and its row.

A sealed value is: format byte, length of the key's name, the key's name, then nonce, ciphertext and tag.
"""

from __future__ import annotations

from attesta.vault import keys

FORMAT = 1


class Unreadable(ValueError):
    """Not sealed by us for this purpose and context, or altered since."""


def seal(plain: str, *, purpose: str, context: str) -> bytes:
    """Ciphertext of ``plain`` under the current key; only the same purpose and context open it."""
    provider = keys.provider()
    name = provider.current()
    sealed = provider.encrypt(plain.encode(), name=name, context=_bound(name, purpose, context))
    return bytes([FORMAT, len(name)]) + name.encode() + sealed


def unseal(sealed: bytes | memoryview, *, purpose: str, context: str) -> str:
    """Raises Unreadable."""
    name, body = _split(sealed)
    try:
        plain = keys.provider().decrypt(body, name=name, context=_bound(name, purpose, context))
    except keys.Undecipherable:
        raise Unreadable("This value was sealed for something else, or altered.") from None
    return plain.decode()


def is_current(sealed: bytes | memoryview) -> bool:
    """False when the value should be sealed again, because a newer key exists."""
    return _split(sealed)[0] == keys.provider().current()


def fingerprint(value: str, *, purpose: str) -> str:
    """Keyed HMAC-SHA256 in hex (64 characters): equal values compare, and no key rotation changes it."""
    return keys.provider().fingerprint(keys.bound("fingerprint", purpose, value)).hex()


def _bound(name: str, purpose: str, context: str) -> bytes:
    return keys.bound("secret", name, purpose, context)


def _split(sealed: bytes | memoryview) -> tuple[str, bytes]:
    sealed = bytes(sealed)  # PostgreSQL hands out memoryviews
    if len(sealed) < 2 or sealed[0] != FORMAT:
        raise Unreadable("This value is not one that was sealed here.")
    end = 2 + sealed[1]
    try:
        name = sealed[2:end].decode("ascii")
    except UnicodeDecodeError:
        name = ""
    if not keys.WRAPPING.fullmatch(name):
        raise Unreadable("This value is not one that was sealed here.")
    return name, sealed[end:]
