"""Decisions about shares, on plain values: no Django, no clock, no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

VISIT_LIFE = timedelta(minutes=30)
VISIT_LONGEST = timedelta(hours=12)
RENEW_AFTER = timedelta(minutes=1)
CODE_LIFE = timedelta(minutes=15)
CODE_ATTEMPTS = 5
WARN_BEFORE = timedelta(days=3)
REOPEN_FOR = timedelta(days=30)
MAX_DOCUMENTS = 20
MAX_RECIPIENTS = 20
PIN = re.compile(r"[0-9]{4,12}")


class State(StrEnum):
    """What a share is, for its owner's eyes."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    EXPIRED = "expired"
    USED_UP = "used-up"


class Refusal(StrEnum):
    """Why an opening was not granted. Outside, the first four look alike (trust check 12)."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    EXPIRED = "expired"
    LIMIT = "limit"
    PIN_NEEDED = "pin-needed"
    WRONG_PIN = "wrong-pin"
    LOCKED = "locked"
    CODE_NEEDED = "code-needed"
    WRONG_CODE = "wrong-code"


CLOSED = frozenset({Refusal.UNKNOWN, Refusal.DISABLED, Refusal.EXPIRED, Refusal.LIMIT})


@dataclass(frozen=True, slots=True)
class ShareState:
    """The columns that decide whether a share may be opened."""

    enabled: bool
    expires_at: datetime | None
    max_consultations: int | None
    consultations: int


def visit_end(started_at: datetime, now: datetime) -> datetime:
    """Until when a visit lasts that is used now: half an hour more, and half a day at the longest."""
    return min(now + VISIT_LIFE, started_at + VISIT_LONGEST)


def state(share: ShareState, now: datetime) -> State:
    """The one word for a share. The learner's own switch comes first: it explains the others away."""
    if not share.enabled:
        return State.DISABLED
    if share.expires_at is not None and now >= share.expires_at:
        return State.EXPIRED
    if share.max_consultations is not None and share.consultations >= share.max_consultations:
        return State.USED_UP
    return State.ENABLED


def refusal(share: ShareState, now: datetime) -> Refusal | None:
    """Whether a *new* visit may begin (half-open interval: refused from ``expires_at`` on)."""
    return {
        State.ENABLED: None,
        State.DISABLED: Refusal.DISABLED,
        State.EXPIRED: Refusal.EXPIRED,
        State.USED_UP: Refusal.LIMIT,
    }[state(share, now)]


def visit_refusal(share: ShareState, now: datetime) -> Refusal | None:
    """Whether a visit that began may go on: the limit counted it already, the rest holds at once."""
    found = refusal(share, now)
    return None if found is Refusal.LIMIT else found


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a share besides its link."""

    needs_pin: bool
    needs_code: bool


def key(*, channel_is_email: bool, has_pin: bool) -> Key:
    """An e-mail share asks for a mailbox code unless a PIN replaces it (features: Sharing, e-mail)."""
    return Key(needs_pin=has_pin, needs_code=channel_is_email and not has_pin)


def valid_pin(pin: str) -> bool:
    """4 to 12 digits."""
    return PIN.fullmatch(pin) is not None


def masked(email: str) -> str:
    """An address its owner recognises and a stranger does not learn: ``j•••@example.org``."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}•••@{domain}"


# Mail scanners, link previews and crawlers by the names they give themselves, and HTTP libraries.
AUTOMATIC = re.compile(
    r"bot|crawl|spider|scan|preview|fetch|proxy|safelinks|barracuda|mimecast|proofpoint|urldefense|facebookexternal"
    r"|whatsapp|slack|skype|teams|curl|wget|python|httpx|java/|go-http|okhttp|headless|libwww|microsoft office",
    re.IGNORECASE,
)


def is_automatic(method: str, agent: str) -> bool:
    """Whether a look at the cover page was a machine's, as far as it says so."""
    return method != "GET" or not agent or AUTOMATIC.search(agent) is not None


@dataclass(frozen=True, slots=True)
class Window:
    """A budget: at most ``limit`` in each span of ``length``."""

    limit: int
    length: timedelta

    def start(self, now: datetime) -> datetime:
        seconds = int(self.length.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Wrong PINs and codes. A browser that passed before spends its own budget, so nobody can lock it out.
PER_LINK = Window(20, DAY)
PER_LINK_AND_NETWORK = Window(8, HOUR)
PER_NETWORK = Window(500, DAY)
PER_KNOWN_DEVICE = Window(10, DAY)
KNOWN_PER_LINK = Window(60, DAY)
# Letters that others cause us to send.
CODES_PER_LINK = Window(20, HOUR)
CODES_PER_NETWORK = Window(6, HOUR)
CODES_PER_DEVICE = Window(5, HOUR)
RESENDS_PER_SHARE = Window(10, HOUR)
REQUESTS_PER_LINK = Window(5, DAY)
REQUESTS_PER_NETWORK = Window(20, HOUR)
# Lines of the ledger that strangers can cause without passing.
REFUSALS_TOLD = Window(20, HOUR)
AUTOMATIC_TOLD = Window(4, HOUR)
