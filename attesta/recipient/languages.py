"""Which language a recipient reads: their own choice first, then what the page suggests."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def speak(request: HttpRequest, suggested: str = "") -> None:
    """``?lang=``, the cookie of an earlier choice, else ``suggested`` (the share's), else what was active.

    The hall's language layer puts back what was active before the request.
    """
    known = dict(settings.LANGUAGES)
    choices = [request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), suggested]
    for choice in choices:
        if choice in known:
            translation.activate(str(choice))
            request.LANGUAGE_CODE = str(choice)
            return
