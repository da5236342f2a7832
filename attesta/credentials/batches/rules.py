"""What may be done with a batch when, and how much it may hold: pure decisions on plain values."""

from __future__ import annotations

from enum import StrEnum

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 20_000
FILE_NAME_LENGTH = 200


class Form(StrEnum):
    ZIP = "zip"
    CSV = "csv"
    PESC = "pesc"


class State(StrEnum):
    CHECKING = "checking"
    REFUSED = "refused"
    READY = "ready"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = frozenset({State.CHECKING, State.READY, State.WAITING, State.RUNNING, State.PAUSED})


class Act(StrEnum):
    TAKE_OVER = "take-over"
    APPROVE = "approve"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


MOVES: dict[Act, tuple[frozenset[State], State]] = {
    Act.TAKE_OVER: (frozenset({State.WAITING}), State.WAITING),
    Act.APPROVE: (frozenset({State.WAITING}), State.READY),
    Act.START: (frozenset({State.READY}), State.RUNNING),
    Act.PAUSE: (frozenset({State.RUNNING}), State.PAUSED),
    Act.RESUME: (frozenset({State.PAUSED}), State.RUNNING),
    Act.CANCEL: (OPEN, State.CANCELLED),
}


class Refusal(StrEnum):
    """Why nothing was changed. Sentences for each stand in ``batches/refusals.py``."""

    NOT_AN_ISSUER = "batch-not-an-issuer"
    EMPTY = "batch-empty"
    TOO_LARGE = "batch-too-large"
    TEMPLATE_MISSING = "batch-template-missing"
    TEMPLATE_UNUSABLE = "batch-template-unusable"
    TEMPLATE_RETIRED = "batch-template-retired"
    TEMPLATE_NOT_NEEDED = "batch-template-not-needed"
    TEMPLATE_NO_TRANSCRIPT = "batch-template-no-transcript"
    CHECKING = "batch-checking"
    HAS_PROBLEMS = "batch-has-problems"
    NEEDS_APPROVAL = "batch-needs-approval"
    NEEDS_NO_APPROVAL = "batch-needs-no-approval"
    APPROVED_BY_AUTHOR = "batch-approved-by-author"
    AUTHOR_AWAY = "batch-author-away"
    AUTHOR_THERE = "batch-author-there"
    NOT_STARTED = "batch-not-started"
    RUNNING = "batch-running"
    PAUSED = "batch-paused"
    OVER = "batch-over"
    STALE = "batch-stale"


def refusal(act: Act, state: str) -> Refusal | None:
    """By the state in which the batch is now, whatever a page showed a while ago."""
    if state in MOVES[act][0]:
        return None
    return NO_APPROVAL if act in BEFORE_START and state in SETTLED_LATER else WHY_NOT[State(state)]


NO_APPROVAL = Refusal.NEEDS_NO_APPROVAL
BEFORE_START = {Act.TAKE_OVER, Act.APPROVE}
MAKING = {Act.APPROVE, Act.START, Act.RESUME}
"""Acts that lead to documents."""
SETTLED_LATER = {State.READY, State.RUNNING, State.PAUSED}
WHY_NOT = {
    State.CHECKING: Refusal.CHECKING,
    State.REFUSED: Refusal.HAS_PROBLEMS,
    State.READY: Refusal.NOT_STARTED,
    State.WAITING: Refusal.NEEDS_APPROVAL,
    State.RUNNING: Refusal.RUNNING,
    State.PAUSED: Refusal.PAUSED,
    State.DONE: Refusal.OVER,
    State.CANCELLED: Refusal.OVER,
}


def state_after_checking(*, documents: int, problems: int, most_alone: int) -> State:
    """One problem stops the whole batch; more ``documents``, those of the day before included, need a second person."""
    if problems:
        return State.REFUSED
    return State.WAITING if documents > most_alone else State.READY


def hand_in_refusal(size: int, form: str, template_kind: str | None) -> Refusal | None:
    """``template_kind`` is None without a template."""
    if not size:
        return Refusal.EMPTY
    if size > MAX_BYTES:
        return Refusal.TOO_LARGE
    if form == Form.ZIP:
        return Refusal.TEMPLATE_NOT_NEEDED if template_kind else None
    if template_kind is None:
        return Refusal.TEMPLATE_MISSING
    return Refusal.TEMPLATE_NO_TRANSCRIPT if form == Form.PESC and template_kind != "transcript" else None


def form_of(head: bytes, *, with_template: bool) -> Form:
    """By the first bytes; an archive with a template can only hold PESC XML."""
    if head.startswith(b"PK"):
        return Form.PESC if with_template else Form.ZIP
    return Form.PESC if head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<") else Form.CSV
