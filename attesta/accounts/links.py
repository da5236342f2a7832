"""Addresses that letters, commands and a sign-in lead to: the only place in this room that knows a door's."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def front() -> str:
    """The front page, as a path: it sends whoever is signed in on to what is theirs."""
    return reverse("web:home")


def account() -> str:
    """The learner's account page, as a path."""
    return reverse("learner:account")


def session_end(name: str) -> str:
    """Where one open session is ended, as a path."""
    return reverse("learner:session-end", args=[name])


def addresses() -> str:
    """The page of e-mail addresses, as a path."""
    return reverse("account_email")


def sign_up() -> str:
    return _absolute("account_signup")


def new_password() -> str:
    """Where anyone asks for a code to set a new password."""
    return _absolute("account_reset_password")


def _absolute(name: str) -> str:
    return f"{settings.BASE_URL}{reverse(name)}"
