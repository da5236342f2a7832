"""What changes a person: the account itself, preferences, the sessions that are open."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from allauth.account import signals
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from attesta.accounts import unproved
from attesta.accounts.models import Language, Person


class AddressTaken(ValueError):
    """Somebody has an account with this address."""


@transaction.atomic
def create(
    *,
    email: str,
    name: str,
    language: str,
    password: str | None = None,
    proved: bool = True,
    operator: bool = False,
) -> Person:
    """A person with a primary address. ``proved`` says that the mailbox is known to be theirs, so documents that
    wait there are claimed. Without a password they set one by a code that is mailed to them. Raises AddressTaken.
    """
    email = email.strip().lower()
    unproved.forget(email)
    if EmailAddress.objects.filter(email=email).exists() or Person.objects.filter(email=email).exists():
        raise AddressTaken(email)
    person = Person.objects.create_user(email, password, name=name, language=Language(language), is_staff=operator)
    address = EmailAddress.objects.create(user=person, email=email, primary=True, verified=proved)
    if proved:
        signals.email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    return person


def save_preferences(
    *, person: Person, version: int, name: str, language: str, time_zone: str, wants_notices: bool
) -> bool:
    """Save all or nothing. False when the person changed since ``version`` was read: nothing is overwritten.

    Raises ValueError for a language or a time zone that does not exist.
    """
    if time_zone not in available_timezones():
        raise ValueError(f"no time zone {time_zone!r}")
    saved = Person.objects.filter(pk=person.pk, version=version).update(
        name=name,
        language=Language(language),
        time_zone=time_zone,
        wants_notices=wants_notices,
        version=F("version") + 1,
    )
    person.refresh_from_db(fields=["name", "language", "time_zone", "wants_notices", "version"])
    return saved == 1


def choose_language(*, person: Person, language: str) -> None:
    """From the switch in the banner. Raises ValueError for a language that does not exist."""
    Person.objects.filter(pk=person.pk).update(language=Language(language), version=F("version") + 1)
    person.refresh_from_db(fields=["language", "version"])


def end_other_sessions(*, person: Person, keep: str | None) -> int:
    """Sign out everywhere, except in the session whose row's key is ``keep``. Returns how many sessions ended."""
    others = UserSession.objects.filter(user=person).exclude(session_key=keep or "")
    ended = 0
    for session in others:
        session.end()
        ended += 1
    return ended


def end_session(*, session: UserSession) -> None:
    """Sign out one device, at once."""
    session.end()


@transaction.atomic
def close_ways_in(*, person: Person) -> None:
    """Password, passkeys, other factors and open sessions: what somebody set up who may not be who comes now."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    end_other_sessions(person=person, keep=None)


def forget_unproved(*, before: datetime) -> int:
    """Delete sign-ups from ``before`` whose mailbox nobody proved, so that its owner can use the address.

    Accounts that were made for someone stay: they have no password until their owner comes.
    """
    return unproved.sign_ups().filter(joined_at__lt=before).delete()[1].get("accounts.Person", 0)
