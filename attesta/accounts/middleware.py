"""Keeps the list of sessions current without a write on every page."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

SEEN = "seen_at"
EVERY = 10 * 60
"""Seconds between two notes of the same session."""


def presence(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note where and when a signed-in session was last seen."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and time.time() - request.session.get(SEEN, 0) > EVERY:
            UserSession.objects.create_from_request(request)
            request.session[SEEN] = int(time.time())
        return get_response(request)

    return handle
