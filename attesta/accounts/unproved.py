"""Sign-ups whose mailbox nobody proved. They hold nothing: whoever does prove the mailbox comes first."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from attesta.accounts.models import Person


def sign_ups() -> QuerySet[Person]:
    """All of them. Accounts that were made for someone are none: they have no password until their owner comes."""
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    waiting = Person.objects.filter(~Exists(proved), last_login=None, is_staff=False)
    empty = waiting.filter(memberships=None, credentials=None, shares=None)
    return empty.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX, authenticator=None)


def of(email: str) -> QuerySet[Person]:
    """Those that wait for a code to ``email``."""
    email = email.strip().lower()
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"), email=email)
    return sign_ups().filter(Q(email=email) | Exists(addresses))


def forget(email: str, *, keep: Person | None = None) -> None:
    """Make room for the owner of the mailbox; ``keep`` is who is just proving that it is theirs."""
    waiting = of(email)
    if keep:
        waiting = waiting.exclude(pk=keep.pk)
    waiting.delete()
