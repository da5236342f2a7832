"""The account page: name, language, time zone, and the way to everything else about the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from attesta.accounts import actions, listing, zones
from attesta.accounts.fields import LineField
from attesta.accounts.models import Language, Person
from attesta.web import languages
from attesta.web.gates import PersonRequest, signed_in

FIELDS = ("name", "language", "time_zone", "wants_notices")


class PreferencesForm(forms.Form):
    name = LineField(
        max_length=150,
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As it appears on your documents. Recipients of what you share see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        choices=Language.choices,
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Of these pages and of the letters you receive."),
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    time_zone = forms.ChoiceField(
        choices=zones.choices,
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Times are shown as they are there."),
    )
    wants_notices = forms.BooleanField(
        required=False,
        label=gettext_lazy("Write to me when a share is about to expire"),
        help_text=gettext_lazy("And once it has expired. Every other letter always comes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PersonRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, initial=values_of(request.person))
    newer: dict[str, str] = {}
    if form.is_valid():
        if actions.save_preferences(person=request.person, **form.cleaned_data):
            return saved(request)
        newer = readable(request.person)
        form = PreferencesForm(answered_again(request.POST, request.person))
    return render(request, "learner/account.html", {"form": form, "newer": newer}, status=409 if newer else 200)


@signed_in
@require_POST
def end_session(request: PersonRequest, name: str) -> HttpResponse:
    """Signs out one other device. This one is signed out by the page that asks first.

    Of a name that is none of theirs, or no longer, the answer tells nothing: a second press of the button gets it, too.
    """
    session = listing.of(request.person, name)
    if session and session.is_current():
        return redirect("account_logout")
    if session:
        actions.end_session(session=session)
        messages.success(request, _("That device is signed out."))
    else:
        messages.info(request, _("That device is not signed in to your account."))
    return redirect("usersessions_list")


def values_of(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in (*FIELDS, "version")}


def saved(request: PersonRequest) -> HttpResponse:
    """Back to the page, in the language that was just chosen; this browser keeps it after signing out."""
    language = request.person.language
    with translation.override(language):
        messages.success(request, _("Your preferences are saved."))
    response = redirect("learner:account")
    languages.keep(response, language)
    return response


def readable(person: Person) -> dict[str, str]:
    """What is saved now, as the form words it."""
    return {
        _("Your name"): person.name,
        _("Language"): Language(person.language).label,
        _("Time zone"): zones.label(person.time_zone),
        _("Write to me when a share is about to expire"): _("Yes") if person.wants_notices else _("No"),
    }


def answered_again(posted: QueryDict, person: Person) -> QueryDict:
    """What was typed, ready to be saved over what is there now."""
    again = posted.copy()
    again["version"] = str(person.version)
    return again
