"""Second steps of the demonstration's staff: their codes are shown to whoever sits at this machine."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from attesta.accounts.models import Person

STAFF = ("registrar@example.org", "deputy@example.org")


@dataclass(frozen=True, slots=True)
class Code:
    """``seconds`` until the next one."""

    email: str
    code: str
    seconds: int


def equip(person: Person) -> None:
    """With an authenticator app, unless they have one."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, secret(person.email))


def secret(email: str) -> str:
    """The same on every machine: these accounts exist in no other mode. For an authenticator app (Base32)."""
    return base64.b32encode(hashlib.sha256(f"Attesta demonstration {email}".encode()).digest()[:20]).decode()


def codes() -> list[Code]:
    """Of each member of staff, as of now."""
    now = int(time.time())
    left = app_settings.TOTP_PERIOD - now % app_settings.TOTP_PERIOD
    counter = now // app_settings.TOTP_PERIOD
    return [Code(email, format_hotp_value(hotp_value(secret(email), counter)), left) for email in STAFF]
