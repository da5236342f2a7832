"""A closed link never dead-ends: ask its owner. The answer never tells whether the link existed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from attesta.recipient.answers import SeeOther
from attesta.recipient.forms import AskForm
from attesta.recipient.languages import speak
from attesta.recipient.visitors import visitor
from attesta.shares import actions


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    speak(request)
    if request.method == "POST":
        return send(request, token)
    if "sent" in request.GET:
        return render(request, "recipient/asked.html")
    return render(request, "recipient/ask.html", {"form": AskForm()})


def send(request: HttpRequest, token: str) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, "recipient/ask.html", {"form": form}, status=422)
    actions.ask_access(token=token, network=visitor(request).network, **form.cleaned_data)
    return SeeOther("?sent=1")
