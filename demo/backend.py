"""The demonstration's mail server: it sends nothing, keeps every letter sealed, and refuses one domain."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from attesta.vault import secrets
from demo.models import SentLetter

PURPOSE = "demo.letter"
REFUSED_DOMAIN = "introuvable.example"
"""Letters to it come back at once, so that one can see what a failed letter looks like."""


class KeepMail(BaseEmailBackend):
    """The worker settles letters as sent; ``/_mail/`` shows them. They hold links and codes, so they lie sealed."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Raises SMTPRecipientsRefused for the refused domain, as a mail server would."""
        for message in messages:
            for address in message.recipients():
                if address.endswith(f"@{REFUSED_DOMAIN}"):
                    raise smtplib.SMTPRecipientsRefused({address: (550, b"5.1.1 No such mailbox here")})
            _keep(message)
        return len(messages)


def _keep(message: EmailMessage) -> None:
    """A second try of the same letter replaces the first: they share a Message-ID."""
    message_id = str(message.extra_headers["Message-ID"])
    source = message.message().as_bytes().decode("utf-8", "surrogateescape")
    SentLetter.objects.update_or_create(
        message_id=message_id,
        defaults={"sealed": secrets.seal(source, purpose=PURPOSE, context=message_id), "kept_at": timezone.now()},
    )


def source(kept: SentLetter) -> bytes:
    """RFC 822 source of a kept letter. Raises vault.secrets.Unreadable."""
    plain = secrets.unseal(bytes(kept.sealed), purpose=PURPOSE, context=kept.message_id)
    return plain.encode("utf-8", "surrogateescape")
