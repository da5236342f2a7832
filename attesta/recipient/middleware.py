"""What every answer at this door carries, refusals and errors included (trust check 13)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

PATHS = ("/s/", "/visits/")
HEADERS = {
    "Cache-Control": "no-store, private",
    # Nothing a page loads or links to learns a link's token. A page that holds a form overrides this for
    # itself with <meta name="referrer" content="strict-origin">: under no-referrer browsers send
    # "Origin: null" with a POST (Fetch, "append a request Origin header"), which the form's guard
    # must refuse. strict-origin never tells more than this site's own name, not even to itself.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def discreet(get_response: Handler) -> Handler:
    """Stands outermost, so that no other layer's header wins."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(PATHS):
            for name, value in HEADERS.items():
                response.headers[name] = value
            remember_language(request, response)
        return response

    return handle


def remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """The language switch here is a plain link (``?lang=``): it needs no form, so closed pages can have it too."""
    try:
        chosen = request.GET.get("lang")
    except (SuspiciousOperation, BadRequest, LookupError, ValueError):  # unreadable: the answer is a refusal already
        return
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
