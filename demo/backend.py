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


def source(kept: SentLetter) -> bytes:
    """RFC 822 source of a kept letter. Raises vault.secrets.Unreadable."""
    plain = secrets.unseal(bytes(kept.sealed), purpose=PURPOSE, context=kept.message_id)
    return plain.encode("utf-8", "surrogateescape")


def reseal() -> int:
    """After a key rotation: every kept letter under the current key. How many changed."""
    changed = 0
    for kept in SentLetter.objects.iterator(chunk_size=500):
        if not secrets.is_current(bytes(kept.sealed)):
            same = SentLetter.objects.filter(pk=kept.pk, sealed=bytes(kept.sealed))
            changed += same.update(sealed=_sealed(source(kept), kept.message_id))
    return changed


def _keep(message: EmailMessage) -> None:
    """A second try of the same letter replaces the first: they share a Message-ID."""
    message_id = str(message.extra_headers["Message-ID"])
    sealed = _sealed(message.message().as_bytes(), message_id)
    SentLetter.objects.update_or_create(message_id=message_id, defaults={"sealed": sealed, "kept_at": timezone.now()})


def _sealed(source: bytes, message_id: str) -> bytes:
    return secrets.seal(source.decode("utf-8", "surrogateescape"), purpose=PURPOSE, context=message_id)
