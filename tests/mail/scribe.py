"""A room of tests that queues letters of its own, writes them, and notes in the ledger how they ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.mail import composers, outbox, rendering
from attesta.mail.composers import Composition
from attesta.mail.models import Letter

KIND = "tests.note"
NOON = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)


class Scribe:
    """Writes letters of kind ``KIND``. Its end of a letter is a ledger line."""

    def __init__(self) -> None:
        self.still_true = True
        self.stumbles: list[Exception] = []
        self.stumbles_at_the_end: list[Exception] = []

    def compose(self, letter: Letter) -> Composition | None:
        if self.stumbles:
            raise self.stumbles.pop()
        if not self.still_true:
            return None
        return rendering.compose(
            language=letter.language, subject="Bonjour", heading="Bonjour", paragraphs=[letter.facts.get("text", "…")]
        )

    def settled(self, letter: Letter, *, at: datetime) -> None:
        verb = Verb.SENT if letter.state == "sent" else Verb.FAILED
        ledger.write(verb, at=at, facts={"letter": str(letter.pk), "because": letter.last_error})
        if self.stumbles_at_the_end:
            raise self.stumbles_at_the_end.pop()


def note(to: str = "recipient@example.org", **fields: Any) -> Letter:
    """A letter in the outbox, due at noon."""
    return outbox.post(**{"kind": KIND, "to": to, "language": "fr", "at": NOON, **fields})


def due(letter: Letter) -> datetime:
    """When the letter is tried next, as the outbox has it now."""
    letter.refresh_from_db()
    assert letter.due_at is not None, f"it is {letter.state}"
    return letter.due_at


def register() -> Scribe:
    scribe = Scribe()
    composers.register(KIND, scribe)
    return scribe
