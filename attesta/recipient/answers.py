"""Answers that several pages of this door give."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from attesta.recipient.languages import speak
from attesta.web import languages


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch this instead, so that a refresh sends nothing again."""

    status_code = 303


def closed(request: HttpRequest) -> HttpResponse:
    """One answer for every link that does not open (trust check 12).

    The same bytes whether the link never existed, expired, was disabled or is used up: no token (its
    links are relative), no form guard, no word and no language of the share. Both languages at once.
    """
    speak(request)
    return render(request, "recipient/closed.html", {"codes": languages.in_order()}, status=404)


def ended(request: HttpRequest) -> HttpResponse:
    """One answer for every visit that may not go on, or is somebody else's."""
    speak(request)
    return render(request, "recipient/ended.html", {"codes": languages.in_order()}, status=404)
