"""allauth's addresses. What changes how an account is opened is one transaction with the letter that tells of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import allauth.urls
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from attesta.accounts.models import Person

CHANGES = {
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
}

View = Callable[..., HttpResponse]


def in_one_transaction(view: View) -> View:
    """Reading stays outside: on SQLite a transaction holds the only pen. Changes of one account wait for each other."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if request.user.is_authenticated:
                Person.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            return view(request, *args, **kwargs)

    return handle


def wrapped(entry: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(entry, URLResolver):
        return URLResolver(entry.pattern, [wrapped(inner) for inner in entry.url_patterns])
    if entry.name not in CHANGES:
        return entry
    return URLPattern(entry.pattern, in_one_transaction(entry.callback), entry.default_args, entry.name)


urlpatterns = [wrapped(entry) for entry in allauth.urls.urlpatterns]
