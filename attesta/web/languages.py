"""The reader's language, as titles and names of institutions know it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language


def language() -> str:
    """``fr`` or ``en``."""
    return (get_language() or "fr")[:2]


def in_order() -> list[str]:
    """Codes of all languages, the reader's first."""
    return sorted(dict(settings.LANGUAGES), key=lambda code: code != language())


def remember_choice(request: HttpRequest, response: HttpResponse) -> None:
    """Where the language switch is a plain link (``?lang=``): it needs no form, so any page can have it."""
    try:
        chosen = request.GET.get("lang")
    except (SuspiciousOperation, BadRequest, LookupError, ValueError):  # unreadable: the answer is a refusal already
        return
    if chosen in dict(settings.LANGUAGES):
        keep(response, chosen)


def keep(response: HttpResponse, chosen: str | None) -> None:
    """For this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen or "",
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
