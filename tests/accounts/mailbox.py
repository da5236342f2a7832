"""What lies in somebody's mailbox, read by composing the letters of the outbox as the worker does."""

from __future__ import annotations

import re

from attesta.mail import composers
from attesta.mail.composers import Composition
from attesta.mail.models import Letter, State

CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")


def letters(address: str) -> list[Letter]:
    """Letters on their way to ``address``, the oldest first."""
    return list(Letter.objects.filter(to=address, state=State.QUEUED).order_by("created_at"))


def kinds(address: str) -> list[str]:
    return [letter.kind for letter in letters(address)]


def newest(address: str) -> Composition:
    """Raises IndexError for an empty mailbox, AssertionError for a letter that is withdrawn when it is written."""
    composition = composers.compose(letters(address)[-1])
    assert composition is not None
    return composition


def code(address: str) -> str:
    """The code in the newest letter."""
    found = CODE.findall(newest(address).text)
    assert len(found) == 1, found
    return str(found[0])
