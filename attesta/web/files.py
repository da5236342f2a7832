"""Bytes on their way to a browser: stored by no cache, named safely, and given nothing to run."""

from __future__ import annotations

from base64 import b64encode

from django.http import HttpResponse

from attesta.web.downloads import disposition

PDF = "application/pdf"
WEBP = "image/webp"
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


def data_uri(content: bytes, content_type: str) -> str:
    """The bytes themselves as an address, for what no address of ours holds yet."""
    return f"data:{content_type};base64,{b64encode(content).decode()}"
