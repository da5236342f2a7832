"""What a downloaded file is called: in every browser's words, and harmless on every disk."""

from __future__ import annotations

import re
from urllib.parse import quote

from attesta.organizations.folding import fold


def disposition(filename: str) -> str:
    """``attachment`` with both forms of RFC 6266: plain letters for old programs, UTF-8 for all others."""
    stem, _, extension = filename.rpartition(".")
    stem = tidy(stem) or "document"
    plain = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-") or "document"
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(f'{stem}.{extension}', safe='')}"


def tidy(name: str) -> str:
    """Without what some file system forbids or a shell might obey: separators, controls, a leading dot."""
    clean = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+', " ", name)
    return " ".join(clean.split()).strip(". ")[:120]
