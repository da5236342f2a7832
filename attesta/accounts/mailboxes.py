"""Mailboxes that people have proved (allauth's verified ``EmailAddress`` rows): what is issued to one is theirs."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from attesta.accounts.models import Person


def owner_of(email: str) -> Person | None:
    """Who has proved it: one person at most. ``email`` in lower case."""
    found = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return found.user if found else None


def proved_by(person: Person) -> list[str]:
    return list(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))
