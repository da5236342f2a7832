"""What a browser has shown of who is there: its sign-ins and second factors, as allauth notes them in the session."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from attesta.accounts.models import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def last_sign_in(request: HttpRequest, person: Person) -> float | None:
    """When this browser last showed who is there, in seconds since 1970."""
    return max(_moments(request, person), default=None)


def last_factor(request: HttpRequest, person: Person) -> float | None:
    """When it last did so by a second factor or a passkey."""
    return max(_moments(request, person, "mfa"), default=None)


def has_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def _moments(request: HttpRequest, person: Person, *methods: str) -> list[float]:
    records = get_authentication_records(request, person)
    return [float(one["at"]) for one in records if "at" in one and (not methods or one.get("method") in methods)]
