"""A letter as it goes to the mail server: its headers, and nothing that a typed word could add to them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.mail.rendering import one_line

ALLOWED = {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"}
"""Headers a composition may set. All others are the mail room's."""


class AddressRefused(ValueError):
    """No letter can be sent to this address, today or later."""


def message(letter: Letter, composition: Composition) -> EmailMultiAlternatives:
    """Raises AddressRefused; ValueError for a header that a composition may not set."""
    check_address(letter.to)
    mail = EmailMultiAlternatives(
        subject=one_line(composition.subject),
        body=composition.text,
        from_email=settings.MAIL_FROM,
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",  # RFC 3834: answering machines stay silent
            "Content-Language": letter.language,
            **_chosen(composition),
        },
    )
    if composition.html:
        mail.attach_alternative(composition.html, "text/html")
    return mail


def check_address(address: str) -> None:
    """Raises AddressRefused. Mailbox names beyond ASCII need SMTPUTF8, which we do not speak."""
    try:
        validate_email(address)
    except ValidationError:
        raise AddressRefused("not an e-mail address") from None
    mailbox, _at, domain = address.rpartition("@")
    if not mailbox.isascii():
        raise AddressRefused("a mailbox name beyond ASCII")
    try:
        domain.encode("idna")
    except UnicodeError:
        raise AddressRefused("a domain that cannot be written in ASCII") from None


def _chosen(composition: Composition) -> dict[str, str]:
    if forbidden := set(composition.headers) - ALLOWED:
        raise ValueError(f"a composition may not set {', '.join(sorted(forbidden))}")
    return {name: one_line(value) for name, value in composition.headers.items()}
