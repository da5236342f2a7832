"""Who may pass into a door's page. The gate comes first; behind it, ``request.person`` is a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from attesta.accounts.models import Person


class PersonRequest(HttpRequest):
    """A request that passed ``signed_in``."""

    person: Person
    htmx: HtmxDetails


def signed_in[**P, R: HttpResponseBase](
    view: Callable[Concatenate[PersonRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Sign in first, then come back here. What a person sees is stored by no cache."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Person):
            return to_sign_in(request)
        passed = cast(PersonRequest, request)
        passed.person = request.user
        response = view(passed, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return gate


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    answer = redirect_to_login(page_behind(request), settings.LOGIN_URL)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(answer.url)
    return answer


def page_behind(request: HttpRequest) -> str:
    """The page to come back to: this one, or for a press of a button the page that held it."""
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        return request.get_full_path()
    return own_address(request, request.headers.get("Referer")) or settings.LOGIN_REDIRECT_URL


def own_address(request: HttpRequest, address: str | None) -> str:
    """``address`` when it leads to this site, else an empty text."""
    hosts = {request.get_host()}
    if address and url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return ""
