"""Is the process alive, is it ready to serve? Plain text for load balancers."""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from attesta.credentials import sealing
from attesta.vault import checks

log = logging.getLogger(__name__)


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers, whatever the database does."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, keys encrypt and our own certificates are read; else 503 with what is not."""
    asked = (("database", database_works), ("keys", keys_work), ("seals", seals_are_read))
    problems = [name for name, works in asked if not works()]
    if problems:
        return HttpResponse(f"not ready: {', '.join(problems)}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return False
    return True


def keys_work() -> bool:
    try:
        checks.ensure()
    except ImproperlyConfigured:
        return False
    return True


def seals_are_read() -> bool:
    try:
        sealing.ensure_readable()
    except sealing.Unreadable as problem:
        log.error("Not ready: %s", problem)
        return False
    except DatabaseError:  # which is told already
        return True
    return True
