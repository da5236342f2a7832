"""A real SMTP server on loopback whose manners can be chosen for each address."""

from __future__ import annotations

import asyncio
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Manner:
    """How the server treats one recipient.

    ``delay``: seconds before it answers to the address. ``silence``: seconds between taking the letter and saying
    so. ``hang_up``: it takes the letter and drops the line without a word.
    """

    to_recipient: str = "250 2.1.5 OK"
    to_content: str = "250 2.0.0 OK"
    delay: float = 0
    silence: float = 0
    hang_up: bool = False


class PostOffice:
    """Runs in a thread. ``letters`` holds what was taken; ``connections`` counts greetings.

    ``busiest``: how many letters were being handed over at once, at most.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.connections = 0
        self.busiest = 0
        self._busy = 0
        self.usual = Manner()
        self.manners: dict[str, Manner] = {}
        self.port = 0
        self._controller: _AnyPort | None = None

    def start(self) -> None:
        """Open, the second time on the same port as the first."""
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.port = int(self._controller.port)
        self.connections = 0

    def stop(self) -> None:
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        manner = self._manner(address)
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        await asyncio.sleep(manner.delay)
        self._busy -= 1
        if manner.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return manner.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        manner = self._manner(envelope.rcpt_tos[0])
        if manner.hang_up or manner.to_content.startswith("250"):
            content = envelope.original_content or b""
            self.letters.append(email.message_from_bytes(content, policy=email.policy.default))
        await asyncio.sleep(manner.silence)
        if manner.hang_up and server.transport is not None:
            server.transport.close()
        return manner.to_content

    def _manner(self, address: str) -> Manner:
        return self.manners.get(address, self.usual)


def words(mail: EmailMessage, kind: str = "plain") -> str:
    """The body a person reads: ``plain`` or ``html``."""
    part = mail.get_body((kind,))
    assert part is not None, f"no {kind} part"
    return str(part.get_content()).replace("\r\n", "\n")


class _AnyPort(Controller):
    """Listens on the port the system gives, and says which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port: Any = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
