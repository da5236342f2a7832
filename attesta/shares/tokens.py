"""The link's token, its PIN and its visits' secrets: made here, hashed or sealed here, and only here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from attesta.vault.secrets import fingerprint, seal, unseal

if TYPE_CHECKING:
    from attesta.shares.models import Share

TOKEN_BYTES = 20  # 160 bits (trust check 1)
TOKEN = "shares.token"  # noqa: S105 - the purpose that binds a ciphertext, not a secret
PIN = "shares.pin"
CODE = "shares.code"
DEVICE_LENGTH = 16  # characters at least


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def sha256(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def seal_token(token: str, share_id: UUID) -> bytes:
    return seal(token, purpose=TOKEN, context=str(share_id))


def token_of(share: Share) -> str:
    """The link's token, for its owner's *copy link* and for letters. Raises vault.secrets.Unreadable."""
    return unseal(bytes(share.token_sealed), purpose=TOKEN, context=str(share.id))


def seal_pin(pin: str, share_id: UUID) -> bytes:
    return seal(pin, purpose=PIN, context=str(share_id))


def pin_of(share: Share) -> str | None:
    """The share's PIN, for its owner's eyes, its letter, and the comparison at the gate."""
    if share.pin_sealed is None:
        return None
    return unseal(bytes(share.pin_sealed), purpose=PIN, context=str(share.id))


def new_code() -> str:
    """Eight digits."""
    return f"{secrets.randbelow(10**8):08d}"


def seal_code(code: str, code_id: UUID) -> bytes:
    return seal(code, purpose=CODE, context=str(code_id))


def unseal_code(sealed: bytes, code_id: UUID) -> str:
    return unseal(sealed, purpose=CODE, context=str(code_id))


def new_device() -> str:
    """What a browser is given before it opens anything, to tell a double click from a second person."""
    return secrets.token_urlsafe(16)


def device_hash(device: str) -> str:
    return fingerprint(device, purpose="shares.device")


def visit_secret(visit_id: UUID, device: str) -> str:
    """The visit's cookie: made again, not stored, when the same browser opens the same share again."""
    return fingerprint(f"{visit_id}:{device}", purpose="shares.visit")
