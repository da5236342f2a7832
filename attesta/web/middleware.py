"""What every request passes: whose network it is, which language, whose person and time zone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from attesta.accounts.models import Person

Handler = Callable[[HttpRequest], HttpResponse]


def network(get_response: Handler) -> Handler:
    """Take the caller's address from the proxies we were told to trust, and from none other."""

    def handle(request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = hops[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return handle


def language(get_response: Handler) -> Handler:
    """The visitor's chosen language, else the browser's, else French. ``person`` refines it later."""

    def handle(request: HttpRequest) -> HttpResponse:
        with translation.override(chosen_language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    return handle


def chosen_language(request: HttpRequest) -> str:
    """``?lang=`` of this page, the cookie, Accept-Language, French: in that order."""
    known = dict(settings.LANGUAGES)
    for choice in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if choice in known:
            return str(choice)
    return translation.get_language_from_request(request)


def person(get_response: Handler) -> Handler:
    """A signed-in person reads in their own language and sees their own time."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, Person):
            return get_response(request)
        if "lang" not in request.GET:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        with timezone.override(request.user.zone):
            return get_response(request)

    return handle
