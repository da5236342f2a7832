"""How text is compared when people search or sort: without case and accents, the same on every database."""

from __future__ import annotations

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def fold(text: str) -> str:
    """``École Œuvre`` → ``ecole oeuvre``."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES)  # a sign such as ℠ holds capitals
    plain = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
