"""A mailbox is proved: what was issued to it becomes its owner's. An institution is renamed: so are its documents."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.actions import looks
from attesta.credentials.models import Batch
from attesta.organizations.models import Organization


def connect() -> None:
    email_confirmed.connect(mailbox_proved, dispatch_uid="credentials.mailbox_proved")
    user_logged_in.connect(signed_in, dispatch_uid="credentials.signed_in")
    pre_save.connect(renamed, sender=Organization, dispatch_uid="credentials.renamed")


def mailbox_proved(sender: Any, *, email_address: EmailAddress, **kwargs: Any) -> None:
    actions.claim(person=email_address.user, email=email_address.email)


def signed_in(sender: Any, *, user: Person, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Also for what was issued while the mailbox was being proved elsewhere."""
    actions.claim_all(person=user)


def renamed(
    sender: Any, *, instance: Organization, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Its name and contact stand on every document that is issued from now on."""
    if raw or (update_fields is not None and looks.PRINTED.isdisjoint(update_fields)):
        return
    if looks.says_otherwise(instance):
        looks.changed(Batch.objects.filter(issuer=instance), at=timezone.now(), by=None)
