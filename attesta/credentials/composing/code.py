"""Verification codes: 95 random bits in Crockford's base 32, a check character last, in fours: ``K7QX-…``.

Crockford's alphabet leaves out I, L, O and U. The check is a remainder over GF(32): it finds every single wrong
character and every two neighbours exchanged.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 19
LENGTH = RANDOM_CHARACTERS + 1
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.]+")
LONGEST = 200


def new_code() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return _grouped(drawn + ALPHABET[_doubled(_remainder(drawn))])


def normal(text: str) -> str | None:
    """The code as it is printed, however it was typed; None when this is no code or a letter of it is wrong."""
    if len(text) > LONGEST:
        return None
    typed = BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(MISREAD)
    whole = len(typed) == LENGTH and all(character in ALPHABET for character in typed)
    return _grouped(typed) if whole and _remainder(typed) == 0 else None


def _grouped(characters: str) -> str:
    return "-".join(characters[i : i + 4] for i in range(0, len(characters), 4))


def _remainder(characters: str) -> int:
    """Of the characters as a polynomial, at 2."""
    rest = 0
    for character in characters:
        rest = _doubled(rest) ^ ALPHABET.index(character)
    return rest


def _doubled(value: int) -> int:
    """Times 2 in GF(32), modulo x⁵ + x² + 1."""
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)
