"""Bytes on their way to a browser: stored by no cache, named safely, and given nothing to run."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

from attesta.organizations.folding import fold

PDF = "application/pdf"
GUARD = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answer(content: bytes, content_type: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers=GUARD)


def download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    response = answer(content, content_type)
    response.headers["Content-Disposition"] = disposition(filename)
    return response


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
