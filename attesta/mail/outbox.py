"""Queueing letters. Only ``*.letters`` modules of noun rooms import this."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from attesta.mail.models import Letter, State


def post(
    *,
    kind: str,
    to: str,
    language: str,
    subject_id: UUID | None = None,
    facts: dict[str, Any] | None = None,
    sealed: bytes | None = None,
    at: datetime,
) -> Letter:
    """Queue a letter, inside the transaction of the change that it tells of.

    ``facts`` lie in the database as they are: no token, no PIN, no code. What must stay secret until the
    letter leaves goes into ``sealed``, which only the room that queued it can read and which is emptied
    when the letter is settled.
    """
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"no letters in {language!r}")
    id = uuid.uuid4()
    return Letter.objects.create(
        id=id,
        kind=kind,
        subject_id=subject_id,
        to=to,
        language=language,
        facts=facts or {},
        sealed=sealed,
        message_id=message_id(id),
        due_at=at,
        created_at=at,
    )


def message_id(id: UUID) -> str:
    """RFC 5322 section 3.6.4: the letter's own id at the host people know us by, the same at every try."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"<{id}@[{host}]>" if ":" in host else f"<{id}@{host}>"


def withdraw(*, subject_id: UUID, kinds: Iterable[str], at: datetime, because: str = "") -> int:
    """Take back the letters of ``kinds`` about something that have not left. Returns how many.

    One that a living worker holds is leaving right now and stays as it is.
    ``because``: why, in a word of the room that queued them.
    """
    waiting = Letter.objects.waiting(at).filter(subject_id=subject_id, kind__in=list(kinds))
    return waiting.update(
        state=State.WITHDRAWN,
        settled_at=at,
        due_at=None,
        last_error=because,
        sealed=None,
        lease=None,
        leased_until=None,
    )


def requeue(letter: Letter, *, at: datetime | None = None) -> bool:
    """Send a dead letter on its way again, with its Message-ID and fresh tries. False when it is not dead."""
    revived = Letter.objects.filter(pk=letter.pk, state=State.DEAD).update(
        state=State.QUEUED, attempts=0, due_at=at or timezone.now(), settled_at=None, last_error=""
    )
    return revived == 1
