"""What every answer at this door carries, refusals and errors included (trust check 13)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from attesta.web.languages import remember_choice

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
            remember_choice(request, response)
        return response

    return handle
