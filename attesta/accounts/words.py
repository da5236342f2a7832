"""What people type on one line, as others will see it: plain text in and out."""

from __future__ import annotations

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
KEPT = {"\u200c", "\u200d"}  # joiners that some scripts spell with


def tidy(text: str) -> str:
    """One line without invisible characters, spaces folded, composed letters; nothing when no letter is seen."""
    seen = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    line = " ".join("".join(c for c in seen if c in KEPT or unicodedata.category(c) not in INVISIBLE).split())
    return line if set(line) - KEPT - {" "} else ""
