"""Browsers at the door: they fill in the real forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from attesta.accounts.models import Person
from tests.harness.server import PASSWORD

Door = Callable[..., Client]


@pytest.fixture
def sign_in(db: None) -> Door:
    """``sign_in(zoe)`` is a browser in which she signed in by the form, moments ago."""

    def enter(person: Person, password: str = PASSWORD, **headers: str) -> Client:
        browser = Client(headers=headers)
        answer = browser.post("/accounts/login/", {"login": person.email, "password": password})
        assert answer.status_code == 302, answer.context["form"].errors
        return browser

    return enter


@pytest.fixture
def confirmed(sign_in: Door) -> Door:
    """The same, and she has just shown once more that it is her."""

    def enter(person: Person, password: str = PASSWORD, **headers: str) -> Client:
        browser = sign_in(person, password, **headers)
        answer = browser.post("/accounts/reauthenticate/", {"password": password})
        assert answer.status_code == 302
        return browser

    return enter
