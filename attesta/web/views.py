"""Pages of the hall itself: the front page, the language switch, what robots and browsers ask for."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from attesta.accounts import actions as accounts
from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.web import languages
from attesta.web.context import ADDRESSES
from attesta.web.gates import own_address

ROBOTS = "User-agent: *\nDisallow: /s/\nDisallow: /visits/\nDisallow: /accounts/\n"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in goes on to what they came for."""
    if isinstance(request.user, Person):
        return redirect(first_page(request, request.user))
    return render(request, "web/home.html", {"sign_in": reverse("account_login"), "sign_up": reverse("account_signup")})


def first_page(request: HttpRequest, person: Person) -> str:
    """One's documents; for staff who have none of their own, the institution's desk."""
    desk = request.session.get("desk") and not Credential.objects.owned_by(person).exists()
    return ADDRESSES["desk" if desk else "documents"]


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language, for this browser and for the person, and return to the page."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(way_back(request))
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        remember(request, response, chosen)
    return response


def remember(request: HttpRequest, response: HttpResponse, chosen: str) -> None:
    if isinstance(request.user, Person):
        accounts.choose_language(person=request.user, language=chosen)
    languages.keep(response, chosen)


def way_back(request: HttpRequest) -> str:
    """The page the switch stood on, without a ``lang`` that would win over the new choice."""
    parts = urlsplit(own_address(request, request.POST.get("next")) or "/")
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    return urlunsplit(parts._replace(query=urlencode(kept)))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("web/favicon.svg"))
