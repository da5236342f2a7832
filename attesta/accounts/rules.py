"""What makes a password weak, how long a sign-in is recent, what to call a device. Plain values in and out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum
from itertools import pairwise

SHORTEST = 15
"""Characters of a password that stands alone (NIST SP 800-63B-4, section 3.1.1.2)."""

RECENT = 15 * 60
"""Seconds after a sign-in in which staff issue, revoke, export, and operators look (trust check 20)."""

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
)
STEPS = {pair for row in ROWS for one, two in pairwise(row) for pair in (one + two, two + one)}


class Weakness(StrEnum):
    """Why a password is refused. Never for what kinds of characters it lacks."""

    SHORT = "short"
    COMMON = "common"
    REPEATED = "repeated"
    SEQUENCE = "sequence"
    PERSONAL = "personal"


def weakness(password: str, *, blocklist: Collection[str], about: Iterable[str] = ()) -> Weakness | None:
    """The first thing wrong with ``password``. ``about`` holds names and addresses that others know."""
    if len(unicodedata.normalize("NFC", password)) < SHORTEST:
        return Weakness.SHORT
    bare = folded(password)
    if _is_common(bare, blocklist):
        return Weakness.COMMON
    if _is_repeated(bare):
        return Weakness.REPEATED
    if _is_sequence(bare):
        return Weakness.SEQUENCE
    if _is_personal(bare, about):
        return Weakness.PERSONAL
    return None


def folded(text: str) -> str:
    """Letters and digits without case and accents: what a guesser tries first."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _is_common(bare: str, blocklist: Collection[str]) -> bool:
    """On the list, as it is, with digits around it, doubled, or two of the list side by side."""
    core = bare.strip("0123456789")
    if bare in blocklist or core in blocklist or len(core) < 4:
        return bool(core) or bare in blocklist
    return any(core[:cut] in blocklist and core[cut:] in blocklist for cut in range(4, len(core) - 3))


def _is_repeated(bare: str) -> bool:
    """Few different characters, or one short piece over and over."""
    period = (bare + bare).find(bare, 1)
    return len(set(bare)) < 5 or (period < len(bare) and period < SHORTEST - 5)


def _is_sequence(bare: str) -> bool:
    """Three of four steps stay on a row of the keyboard, of the alphabet, or on the same key."""
    steps = [one + two for one, two in pairwise(bare)]
    walked = sum(step in STEPS or step[0] == step[1] for step in steps)
    return walked >= 0.75 * len(steps)


def _is_personal(bare: str, about: Iterable[str]) -> bool:
    """Little is left without the name, the address and the name of this service."""
    words = {word for text in (*about, "attesta") for word in map(folded, re.split(r"[\s@._+-]+", text))}
    rest = bare
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= 3:
            rest = rest.replace(word, "")
    return rest != bare and len(rest.strip("0123456789")) < 8


def is_recent(signed_in_at: float | None, now: float) -> bool:
    """Both in seconds since 1970. A sign-in from the future is none."""
    return signed_in_at is not None and 0 <= now - signed_in_at < RECENT


BROWSERS = (
    ("Edge", r"\bEdgA?/|\bEdgiOS/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bChrome/|\bCriOS/|\bHeadlessChrome/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def device(agent: str) -> str:
    """A user agent as people say it, ``Firefox, Windows``; empty when it names nothing we know."""
    names = [next((name for name, sign in table if re.search(sign, agent)), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name)
