"""What every answer at this door carries: results are nobody's to keep, and the language is a plain link."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from attesta.credentials import sealing
from attesta.web.languages import remember_choice

log = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def spoken[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Remembers the language that was chosen by its link."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        remember_choice(request, response)
        return response

    return page


def while_readable[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """While our own authority cannot be read no seal can be judged: that is said, and nothing else."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except sealing.Unreadable as problem:
            log.error("Nothing can be verified by its seal: %s", problem)
            return discreet(render(request, "verifier/cannot_tell.html", status=503))

    return page


def discreet(response: HttpResponse) -> HttpResponse:
    """For what tells of one document: kept by no cache, found by no search."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def code_address(response: HttpResponse) -> HttpResponse:
    """For addresses that hold a code: told to nobody else. Their pages hold no form that is posted."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return discreet(response)


def unknown(request: HttpRequest) -> HttpResponse:
    """The same bytes for every code that names nothing, and for what is no code: neither it nor a guard is in them."""
    return code_address(render(request, "verifier/unknown.html", status=404))


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "verifier/too_many.html", status=429)
    response.headers["Retry-After"] = "3600"
    return code_address(response)
