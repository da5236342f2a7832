"""A mailbox is proved: what was issued to it becomes its owner's. An institution is renamed: so are its documents.

Someone may no longer issue for an institution: the batches that they answer for are paused.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save, pre_delete, pre_save
from django.http import HttpRequest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.actions import looks
from attesta.credentials.batches import people
from attesta.credentials.models import Batch
from attesta.organizations.models import Membership, Organization
from attesta.organizations.rules import Act, may


def connect() -> None:
    email_confirmed.connect(mailbox_proved, dispatch_uid="credentials.mailbox_proved")
    user_logged_in.connect(signed_in, dispatch_uid="credentials.signed_in")
    pre_save.connect(renamed, sender=Organization, dispatch_uid="credentials.renamed")
    post_save.connect(role_changed, sender=Membership, dispatch_uid="credentials.role_changed")
    pre_delete.connect(removed, sender=Membership, dispatch_uid="credentials.removed")
    post_save.connect(closed, sender=Person, dispatch_uid="credentials.closed")


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


def role_changed(sender: Any, *, instance: Membership, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if not (raw or created or may(instance.role, Act.HAND_IN)):
        people.leave(instance.person, [instance.organization], at=timezone.now())


def removed(sender: Any, *, instance: Membership, **kwargs: Any) -> None:
    """Before it is gone: with an account, all that names it goes at once."""
    if may(instance.role, Act.HAND_IN):
        people.leave(instance.person, [instance.organization], at=timezone.now())


def closed(sender: Any, *, instance: Person, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if not (raw or created or instance.is_active):
        people.leave(instance, None, at=timezone.now())
