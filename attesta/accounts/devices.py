"""Browsers in which somebody signed in before: wrong passwords that are typed elsewhere do not shut them out."""

from __future__ import annotations

import secrets
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from attesta.accounts.models import Person

COOKIE, SALT, PATH = "device", "accounts.device", "/accounts/"
LASTS = 365 * 24 * 3600


def name(request: HttpRequest, email: str) -> str:
    """What to count this browser's attempts at ``email`` under; empty unless that person signed in here before."""
    person, _, number = _read(request).partition(":")
    known = number and EmailAddress.objects.filter(user=UUID(person), email=email, verified=True).exists()
    return f"{person}:{number}" if known else ""


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Of several people at one browser, whoever came last."""
    if _read(request).startswith(f"{person.pk}:"):
        return
    value = signing.dumps(f"{person.pk}:{secrets.token_hex(8)}", salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=LASTS, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _read(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return ""
