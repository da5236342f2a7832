"""Whoever signs in and acts for an institution finds the way to its desk in the account menu."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from attesta.accounts.models import Person
from attesta.organizations.models import Membership

DESK = "desk"
"""Noted in the session, so that no page asks for it."""


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="issuer.signed_in")


def signed_in(sender: Any, *, user: Person, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request and Membership.objects.filter(person=user, organization__is_issuer=True).exists():
        request.session[DESK] = True
