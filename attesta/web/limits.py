"""What is refused before a byte of its body is read: bodies too large or without a length, strange charsets."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from attesta.web import errors

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST = 15  # digits of a length that is worth reading


def limits(get_response: Handler) -> Handler:
    """Stands before every layer that reads; those outside of it only mark answers."""

    def handle(request: HttpRequest) -> HttpResponse:
        status = refusal(request)
        return errors.bare("400", status) if status else get_response(request)

    return handle


def refusal(request: HttpRequest) -> int:
    """The status to refuse with, or 0. Python knows charsets that are no text at all (hex): only UTF-8 is read."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return 411
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return 400
    if len(length) > LONGEST or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return 413
    return 0 if is_utf8((request.content_params or {}).get("charset", "utf-8")) else 400


def is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False
