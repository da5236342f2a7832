"""The WSGI entry point that granian serves. Without its keys it does not start."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

from attesta.vault import checks

GENUINE = {
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH"),
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SERVER_SOFTWARE", "REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT"),
}
"""What a server says of a request (RFC 3875, section 4.1; PEP 3333)."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attesta.config.settings")
product = get_wsgi_application()
checks.ensure()
ours = frozenset(os.environ) - GENUINE


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The server mixes the process's own environment into every request: no page and no session sees a secret."""
    for name in ours & environ.keys():
        del environ[name]
    return product(environ, start_response)
