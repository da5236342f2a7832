"""The post office, and the scribe whose letters go there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from attesta.mail import composers
from tests.mail.post_office import PostOffice
from tests.mail.scribe import KIND, Scribe, register


@pytest.fixture
def scribe() -> Iterator[Scribe]:
    yield register()
    composers.forget(KIND)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """Open for business, on a port of its own."""
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def office(post_office: PostOffice, settings: Settings) -> PostOffice:
    """The post office that this process's letters go to."""
    settings.MAILERS = mailers(post_office.port)
    return post_office


def mailers(port: int, timeout: float = 5) -> dict[str, dict[str, Any]]:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
