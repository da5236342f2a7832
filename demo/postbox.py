"""Reads letters as their recipients would: those that left as they were kept, the others as they would leave now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from django.conf import settings

from attesta.mail import composers, envelopes
from attesta.mail.models import Letter, State
from attesta.mail.reasons import because
from demo import backend
from demo.models import SentLetter

OWN_ADDRESS = re.compile(r"http://localhost(:\d+)?(?=[/\s\"<)])")


@dataclass(frozen=True, slots=True)
class Shown:
    """``subject``, ``text`` and ``html`` are empty for a letter that was withdrawn before anybody wrote it."""

    id: UUID
    to: str
    state: str
    at: datetime
    error: str
    language: str
    sender: str
    subject: str
    text: str
    html: str


def read(letters: list[Letter]) -> list[Shown]:
    """In the given order."""
    kept = {
        row.message_id: row
        for row in SentLetter.objects.filter(message_id__in=[letter.message_id for letter in letters])
    }
    return [_shown(letter, kept.get(letter.message_id)) for letter in letters]


def _shown(letter: Letter, kept: SentLetter | None) -> Shown:
    message = message_from_bytes(backend.source(kept), policy=policy.default) if kept else _as_it_would_leave(letter)
    return Shown(
        id=letter.pk,
        to=letter.to,
        state=letter.state,
        at=letter.settled_at or letter.created_at,
        error=because(letter.last_error),
        language=letter.language,
        sender=str(message["From"]) if message else "",
        subject=str(message["Subject"]) if message else "",
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _as_it_would_leave(letter: Letter) -> EmailMessage | None:
    """None for what is no longer true, or what nobody here can write."""
    if letter.state == State.WITHDRAWN or not composers.known(letter.kind):
        return None
    try:
        composition = composers.compose(letter)
    except Exception:  # its composer can no longer write it: its code is gone, say
        composition = None
    if composition is None:
        return None
    source = envelopes.message(letter, composition).message().as_bytes()
    return message_from_bytes(source, policy=policy.default)


def _part(message: EmailMessage | None, kind: str) -> str:
    """Its links lead here, even if the demonstration ran on another port when the letter left."""
    body = message.get_body((kind,)) if message else None
    return OWN_ADDRESS.sub(settings.BASE_URL, str(body.get_content())) if body else ""
