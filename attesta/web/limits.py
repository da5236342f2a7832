"""What is refused before a byte of its body is read: bodies too large or without a length, strange charsets."""

from __future__ import annotations

import codecs
import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from attesta.organizations.models import Membership
from attesta.organizations.rules import Act, may
from attesta.web import errors

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST = 15  # digits of a length that is worth reading
AT_ONCE = 4  # files in one process: they are held in memory, never written to the disk

_files = threading.BoundedSemaphore(AT_ONCE)


def limits(get_response: Handler) -> Handler:
    """Stands before every layer that reads; those outside of it only mark answers."""

    def handle(request: HttpRequest) -> HttpResponse:
        status = refusal(request)
        return errors.bare("413" if status == 413 else "400", status) if status else get_response(request)

    return handle


def uploads(get_response: Handler) -> Handler:
    """Stands behind sign-in: the largest bodies are taken of staff alone, and all that hold a file a few at once."""

    def handle(request: HttpRequest) -> HttpResponse:
        if length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return get_response(request)
        if length(request) > settings.STRANGERS_UPLOAD and not is_staff(request):
            return errors.bare("413", 413)
        if not _files.acquire(blocking=False):
            return errors.busy()
        try:
            return get_response(request)
        finally:
            _files.release()

    return handle


def is_staff(request: HttpRequest) -> bool:
    """Of an institution that issues, in a role that hands anything in. One query, and only for a large body."""
    if not request.user.is_authenticated:
        return False
    theirs = Membership.objects.filter(person=request.user.pk, organization__is_issuer=True)
    return any(may(role, Act.HAND_IN) for role in theirs.values_list("role", flat=True))


def refusal(request: HttpRequest) -> int:
    """The status to refuse with, or 0. Python knows charsets that are no text at all (hex): only UTF-8 is read."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return 411
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdigit()):
        return 400
    if len(said) > LONGEST or int(said) > allowed(request.path):
        return 413
    return 0 if is_utf8((request.content_params or {}).get("charset", "utf-8")) else 400


def allowed(path: str) -> int:
    """Bytes of a body at this address: files are taken at a few."""
    return next(
        (most for start, most in settings.UPLOADS.items() if path.startswith(start)),
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )


def length(request: HttpRequest) -> int:
    """Of a request that ``limits`` let pass."""
    return int(request.META.get("CONTENT_LENGTH") or "0")


def is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False
