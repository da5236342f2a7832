"""Is the process alive, is it ready to serve? Plain text for load balancers."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from attesta.vault import checks


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers, whatever the database does."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the keys encrypt; else 503 with what is wrong."""
    problems = [name for name, works in (("database", database_works), ("keys", keys_work)) if not works()]
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
