"""The post office, and a room of its own that writes letters and notes how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.mail import composers, outbox, rendering
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from tests.mail.post_office import PostOffice

NOON = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)


class Scribe:
    """Writes letters of kind ``tests.note``. Its end of a letter is a ledger line."""

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


@pytest.fixture
def scribe() -> Iterator[Scribe]:
    scribe = Scribe()
    composers.register("tests.note", scribe)
    yield scribe
    composers.forget("tests.note")


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    settings.MAILERS = mailers(office.port)
    yield office
    office.stop()


def mailers(port: int, timeout: float = 5) -> dict[str, dict[str, Any]]:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def note(to: str = "recipient@example.org", **fields: Any) -> Letter:
    """A letter in the outbox, due at noon."""
    return outbox.post(**{"kind": "tests.note", "to": to, "language": "fr", "at": NOON, **fields})
