"""Who knocks: the browser's own cookies, and the network it comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from attesta.shares import tokens
from attesta.shares.actions import Opened, Visitor
from attesta.web.networks import network

DEVICE, VISIT = "device", "visit"
DEVICE_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


def visitor(request: HttpRequest, *, device: str = "", method: str = "") -> Visitor:
    return Visitor(
        network=network(str(request.META.get("REMOTE_ADDR", ""))),
        device=device or device_of(request),
        agent=request.headers.get("User-Agent", ""),
        method=method or request.method or "GET",
    )


def device_of(request: HttpRequest) -> str:
    return request.COOKIES.get(DEVICE, "")


def give_device(request: HttpRequest, response: HttpResponse, device: str = "") -> None:
    """A random name for this browser, told to nobody else, so that a double click is not a second person."""
    if not device_of(request):
        response.set_cookie(
            DEVICE,
            device or tokens.new_device(),
            max_age=DEVICE_AGE,
            path="/s/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def give_visit(response: HttpResponse, opened: Opened, path: str) -> None:
    """The visit's secret, for its own pages only; it is gone when the browser closes.

    Lax and not Strict: a visit's address that someone keeps in a note or a mail opens again in the same
    browser while the visit lasts. Nothing under it acts on a GET but the visit's own reading.
    """
    response.set_cookie(
        VISIT, opened.secret, path=path, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def visit_secret(request: HttpRequest) -> str:
    return request.COOKIES.get(VISIT, "")
