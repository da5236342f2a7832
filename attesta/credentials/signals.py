"""A mailbox is proved: what was issued to it becomes its owner's."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from attesta.accounts.models import Person
from attesta.credentials import actions


def connect() -> None:
    email_confirmed.connect(mailbox_proved, dispatch_uid="credentials.mailbox_proved")
    user_logged_in.connect(signed_in, dispatch_uid="credentials.signed_in")


def mailbox_proved(sender: Any, *, email_address: EmailAddress, **kwargs: Any) -> None:
    actions.claim(person=email_address.user, email=email_address.email)


def signed_in(sender: Any, *, user: Person, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Also for what was issued while the mailbox was being proved elsewhere."""
    actions.claim_all(person=user)
