"""Decisions of the mail room: what a mail server's answer means, and when to try again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=2)
"""How long a worker may hold a letter; afterwards another worker takes the worker for dead."""

LONGEST_ANSWER = 20
"""Seconds to wait for one answer of the mail server: a letter needs four answers, well within the lease."""

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)


class Reason(StrEnum):
    """Why a letter did not leave. Stable codes: ledger lines and ``Letter.last_error`` keep them."""

    MAILBOX_UNKNOWN = "mailbox-unknown"
    MAILBOX_CLOSED = "mailbox-closed"
    MAILBOX_FULL = "mailbox-full"
    DOMAIN_UNKNOWN = "domain-unknown"
    ADDRESS_INVALID = "address-invalid"
    REFUSED = "refused"
    TOO_BUSY = "server-busy"
    SENDER_REFUSED = "sender-refused"
    UNREACHABLE = "server-unreachable"
    TIMED_OUT = "timed-out"
    CUT_OFF = "connection-lost"
    INTERRUPTED = "interrupted"
    NOT_WRITTEN = "not-written"


class Stage(StrEnum):
    """What the mail server was answering to."""

    CONNECTION = "connection"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Failure:
    """``final``: trying again cannot help.

    ``detail`` holds the server's figures, never its words: they may quote a link.
    """

    reason: Reason
    final: bool = False
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.detail}".strip()

    @property
    def of_line(self) -> bool:
        """True when the connection failed, and not this letter: the next one would fare no better."""
        return self.reason in {Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.CUT_OFF}


def next_try(attempts: int) -> timedelta | None:
    """How long after the ``attempts``-th failed try to try again; None when it was the last."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def worn_out(attempts: int) -> bool:
    """True for a try beyond the last: workers died holding this letter."""
    return attempts > len(BACK_OFF) + 1


def answer(code: int, words: str, *, stage: Stage) -> Failure:
    """What a refusal means (RFC 5321 section 4.2 for ``code``, RFC 3463 for the enhanced code in ``words``).

    Only a refusal of the recipient or of the letter itself is final: one of the connection or of the
    sender is a matter of our own set-up, which an operator can mend while letters wait.
    """
    found = re.match(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b", words)
    enhanced = (int(found[2]), int(found[3])) if found else None
    detail = f"{code} {found[0].strip()}" if found else str(code)
    if stage is Stage.CONNECTION:
        return Failure(Reason.UNREACHABLE, detail=detail)
    if stage is Stage.SENDER:
        return Failure(Reason.SENDER_REFUSED if code >= 500 else Reason.TOO_BUSY, detail=detail)
    return Failure(_reason(code, enhanced, stage), final=code >= 500, detail=detail)


_ENHANCED = {
    (1, 0): Reason.MAILBOX_UNKNOWN,
    (1, 1): Reason.MAILBOX_UNKNOWN,
    (1, 2): Reason.DOMAIN_UNKNOWN,
    (1, 3): Reason.ADDRESS_INVALID,
    (1, 6): Reason.MAILBOX_CLOSED,
    (1, 10): Reason.DOMAIN_UNKNOWN,
    (2, 1): Reason.MAILBOX_CLOSED,
    (2, 2): Reason.MAILBOX_FULL,
    (4, 4): Reason.DOMAIN_UNKNOWN,
}
_PLAIN = {
    550: Reason.MAILBOX_UNKNOWN,
    551: Reason.MAILBOX_UNKNOWN,
    552: Reason.MAILBOX_FULL,
    553: Reason.ADDRESS_INVALID,
    556: Reason.DOMAIN_UNKNOWN,
}
_PLAIN_OF_CONTENT = {552: Reason.MAILBOX_FULL}  # the mailbox itself was accepted before: 550 is said of the letter


def _reason(code: int, enhanced: tuple[int, int] | None, stage: Stage) -> Reason:
    if enhanced in _ENHANCED:
        return _ENHANCED[enhanced]
    if code < 500:
        return Reason.TOO_BUSY
    plain = _PLAIN_OF_CONTENT if stage is Stage.CONTENT else _PLAIN
    return Reason.REFUSED if enhanced else plain.get(code, Reason.REFUSED)
