"""What the server hands to the product with a request."""

from __future__ import annotations

import os

from django.test import RequestFactory

from attesta.config import wsgi


def test_a_request_carries_nothing_of_the_server_s_environment(db: None) -> None:
    """granian mixes it in (see also test_hostile, with a real server)."""
    request = RequestFactory().get("/livez", REMOTE_ADDR="192.0.2.7", HTTP_COOKIE="a=b").environ
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environ = surroundings | request

    wsgi.application(environ, lambda status, headers, exc_info=None: lambda body: None)

    assert set(surroundings) - wsgi.GENUINE
    assert set(environ) & set(surroundings) <= wsgi.GENUINE
    assert {name: environ[name] for name in ("PATH_INFO", "REMOTE_ADDR", "HTTP_COOKIE")} == {
        "PATH_INFO": "/livez",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_COOKIE": "a=b",
    }
