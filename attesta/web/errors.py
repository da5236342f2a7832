"""Error pages: what happened, what was kept, what to do next, whom to ask. In both languages, the reader's first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from attesta.web import languages


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "400", 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "403", 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "404", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's guard did not match: an old tab, or cookies that are off. Nothing was done."""
    return page(request, "csrf", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, the session or the request: any of them may be what broke."""
    return bare("500", 500)


def busy() -> HttpResponse:
    """As many of these at once as we take: again in a moment."""
    response = bare("busy", 503)
    response.headers["Retry-After"] = "10"
    return response


def bare(name: str, status: int) -> HttpResponse:
    """A page that needs nothing but its words, whatever stands of the server."""
    context = words(name)
    try:
        return HttpResponse(render_to_string("web/errors/bare.html", context | {"styled": True}), status=status)
    except ValueError:  # the static files were never collected
        return HttpResponse(render_to_string("web/errors/bare.html", context), status=status)


def page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    response = render(request, "web/errors/page.html", words(name), status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def words(name: str) -> dict[str, object]:
    """Which text to render, and in which order of languages."""
    return {"text": f"web/errors/{name}.html", "codes": languages.in_order()}
