"""Signed-in sessions: where they are, noted without a write on every page; what they show, stored by no cache."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from attesta.accounts import devices

SEEN = "seen_at"
EVERY = 10 * 60
"""Seconds between two notes of the same session."""
ENTRANCE = "/accounts/"


def presence(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in and time.time() - request.session.get(SEEN, 0) > EVERY:
            UserSession.objects.create_from_request(request)
            request.session[SEEN] = int(time.time())
        response = get_response(request)
        if request.path.startswith(ENTRANCE) and request.user.is_authenticated:
            devices.remember(request, response, request.user)
        if (signed_in or request.path.startswith(ENTRANCE)) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return handle
