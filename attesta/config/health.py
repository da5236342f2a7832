"""Is the process alive, is it ready to serve? Plain text for load balancers."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers, whatever the database does."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the vault's folder is there; else 503 with what is wrong."""
    problems = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        problems.append("database")
    if not settings.KEYS_DIR.is_dir():
        problems.append("keys")
    if problems:
        return HttpResponse(f"not ready: {', '.join(problems)}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
