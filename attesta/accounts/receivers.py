"""When a way to sign in changes: every other session ends, and the mailbox that knew the old state is told."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from django.http import HttpRequest

from attesta.accounts import actions, letters, listing
from attesta.accounts.models import Person

CHANGES = {
    "password changed": account.password_changed,
    "password set": account.password_set,
    "password reset": account.password_reset,
    "primary address changed": account.email_changed,
    "address added": account.email_added,
    "address removed": account.email_removed,
    "factor added": factors.authenticator_added,
    "factor removed": factors.authenticator_removed,
    "recovery codes replaced": factors.authenticator_reset,
}


def connect() -> None:
    for name, signal in CHANGES.items():
        signal.connect(end_other_sessions, dispatch_uid=f"accounts: {name}")
    account.email_confirmed.connect(close_what_was_open, dispatch_uid="accounts: close what was open")
    account.email_added.connect(tell_of_added_address, dispatch_uid="accounts: tell of added address")
    account.email_removed.connect(tell_removed_address, dispatch_uid="accounts: tell removed address")


def end_other_sessions(*, request: HttpRequest, user: Person, **_: Any) -> None:
    """The browser that made the change stays signed in, if it is."""
    actions.end_other_sessions(person=user, keep=listing.current(request) if request.user == user else None)


def close_what_was_open(*, request: HttpRequest | None, email_address: EmailAddress, **_: Any) -> None:
    """A first mailbox is proved by the code for a new password: whoever chose the old one never proved any."""
    person = email_address.user
    state = request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY) if request else None
    others = EmailAddress.objects.filter(user=person, verified=True).exclude(pk=email_address.pk)
    if state and state.get("user_id") == str(person.pk) and not others.exists():
        actions.close_ways_in(person=person)


def tell_of_added_address(*, request: HttpRequest, user: Person, email_address: EmailAddress, **_: Any) -> None:
    primary = EmailAddress.objects.get_primary_email(user)
    if primary:
        letters.notice("address-added", to=primary, person=user, request=request, address=email_address.email)


def tell_removed_address(*, request: HttpRequest, user: Person, email_address: EmailAddress, **_: Any) -> None:
    if email_address.verified:
        letters.notice("address-left", to=email_address.email, person=user, request=request)
