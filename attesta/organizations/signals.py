"""A mailbox is proved: whoever was invited by it acts for the institution."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from attesta.accounts.models import Person
from attesta.organizations import actions


def connect() -> None:
    email_confirmed.connect(mailbox_proved, dispatch_uid="organizations.mailbox_proved")
    user_logged_in.connect(signed_in, dispatch_uid="organizations.signed_in")


def mailbox_proved(sender: Any, *, email_address: EmailAddress, **kwargs: Any) -> None:
    actions.claim(person=email_address.user, email=email_address.email)


def signed_in(sender: Any, *, user: Person, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Also for an invitation that was written while the mailbox was being proved elsewhere."""
    actions.claim_all(person=user)
