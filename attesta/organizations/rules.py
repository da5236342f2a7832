"""Who may do what for an institution, and what members may do to members: pure decisions on plain values."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Act(StrEnum):
    """What a member of staff wants to do. Pages name the one they need."""

    LOOK = "look"
    ISSUE = "issue"
    UPDATE = "update"
    REVOKE = "revoke"
    CORRECT = "correct"  # a learner's address; also to send the invitation again
    HAND_IN = "hand-in"  # a batch; also to start, pause and cancel it
    APPROVE = "approve"  # a batch that someone else handed in
    EXPORT = "export"
    TEMPLATES = "templates"
    MEMBERS = "members"


READER = frozenset({Act.LOOK})
ISSUER = READER | {Act.ISSUE, Act.UPDATE, Act.REVOKE, Act.CORRECT, Act.HAND_IN, Act.APPROVE, Act.EXPORT}
ADMINISTRATOR = ISSUER | {Act.TEMPLATES, Act.MEMBERS}

ADDRESS_LENGTH = 254
INVITATION_DAYS = 30
LETTERS_AN_HOUR = 5
LETTERS_A_DAY = 200
"""To whoever an institution asks to act for it, withdrawn ones included."""
LETTERS_A_DAY_TO_ONE = 10
MOST_ALONE = 20_000
"""Documents that the highest threshold lets one person issue at once: as many as a batch holds."""
RISE_DELAY = timedelta(days=3)
"""Before a higher threshold counts: time for the other administrators, who are told, to keep it as it was."""

TABLE = {"reader": READER, "issuer": ISSUER, "administrator": ADMINISTRATOR}


def may(role: str, act: Act) -> bool:
    """A role of a later release may do nothing here."""
    return act in TABLE.get(role, frozenset())


def acts(role: str) -> frozenset[Act]:
    return TABLE.get(role, frozenset())


class Refusal(StrEnum):
    """Why a membership stays as it is. Sentences stand in ``organizations/refusals.py``."""

    NOT_ALLOWED = "not-allowed"
    OWN_ROLE = "own-role"
    LAST_ADMINISTRATOR = "last-administrator"
    ALREADY_A_MEMBER = "already-a-member"
    EMAIL_INVALID = "email-invalid"
    ROLE_UNKNOWN = "role-unknown"
    NO_LONGER_THERE = "no-longer-there"
    TOO_OFTEN = "too-often"
    TOO_OFTEN_TODAY = "too-often-today"
    TOO_MANY_TODAY = "too-many-today"
    THRESHOLD_INVALID = "threshold-invalid"


class Refused(ValueError):
    """Raised before anything changes. ``str()`` is the sentence in the language of the moment."""

    def __init__(self, code: Refusal, sentence: object) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def letter_refusal(*, this_hour: int, to_one: int, today: int) -> Refusal | None:
    """May one more letter ask? ``this_hour`` of this invitation; ``to_one`` mailbox, ``today`` in all."""
    if this_hour >= LETTERS_AN_HOUR:
        return Refusal.TOO_OFTEN
    if to_one >= LETTERS_A_DAY_TO_ONE:
        return Refusal.TOO_OFTEN_TODAY
    return Refusal.TOO_MANY_TODAY if today >= LETTERS_A_DAY else None


def change_refusal(
    *, by_role: str | None, own: bool, before: str, after: str | None, administrators: int
) -> Refusal | None:
    """May a member's role become ``after`` (None: they leave)? ``administrators``: how many there are now.

    ``by_role`` is that of whoever asks; None for the operators, who may do all but leave an institution without
    an administrator.
    """
    if by_role is not None and not may(by_role, Act.MEMBERS):
        return Refusal.NOT_ALLOWED
    if after is not None and after not in TABLE:
        return Refusal.ROLE_UNKNOWN
    if own:
        return Refusal.OWN_ROLE
    if before == "administrator" and after != before and administrators <= 1:
        return Refusal.LAST_ADMINISTRATOR
    return None
