"""Who may pass into a door's page. The gate comes first; behind it, ``request.person`` is a person."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from attesta.accounts.models import Person
from attesta.accounts.proofs import has_factor, last_factor
from attesta.accounts.rules import is_recent


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


def operators[**P](view: Callable[Concatenate[PersonRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """In this order: an operator (else 404, whoever asks), a second factor, shown in this browser a short while ago."""

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Person) or not request.user.is_staff:
            raise Http404
        passed = cast(PersonRequest, request)
        passed.person = request.user
        return not_proved(passed) or view(passed, *args, **kwargs)

    return gate


def not_proved(request: PersonRequest) -> HttpResponse | None:
    """A page that says how to add a second factor; or to where it is shown, and back. Nothing was done meanwhile."""
    if not has_factor(request.person):
        return render(request, "web/factor.html", status=403)
    if is_recent(last_factor(request, request.person), time.time()):
        return None
    ways = get_adapter().get_reauthentication_methods(request.person)
    factors = [way["url"] for way in ways if way["id"].startswith("mfa_")]
    return HttpResponseRedirect(f"{factors[-1]}?{urlencode({'next': page_behind(request)})}")  # a passkey comes last


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Whoever pressed a button learns that it did nothing."""
    if request.method not in ("GET", "HEAD"):
        words = _("Your session has ended: nothing was changed. Sign in, then do it again.")
        messages.warning(request, words, fail_silently=True)
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
