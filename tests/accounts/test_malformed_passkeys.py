"""A program may post any JSON where a browser posts a passkey's answer: it is a wrong code, never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from attesta.accounts.models import Person
from tests.accounts.conftest import Door

SIGN_IN, AGAIN = "/accounts/2fa/webauthn/login/", "/accounts/2fa/webauthn/reauthenticate/"
ADD = "/accounts/2fa/webauthn/add/"
HOLLOW = {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}
FILLED = HOLLOW | {
    "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}
}
ENDLESS = ["9" * 5000, "[" * 100_000, "{" * 3, "-", "NaN"]
ANSWERS: list[Any] = [{"id": 1}, {}, [], 7, "text", None, HOLLOW, FILLED, FILLED | {"response": "text"}]


@pytest.mark.parametrize("answer", ANSWERS)
def test_at_sign_in(client: Client, db: None, answer: Any) -> None:
    client.get(SIGN_IN, headers={"Accept": "application/json"})

    told = client.post(SIGN_IN, {"credential": json.dumps(answer)})

    assert (told.status_code, told["Location"]) == (302, "/accounts/login/")


@pytest.mark.parametrize("answer", ANSWERS)
def test_when_one_shows_once_more_who_is_there_and_when_a_passkey_is_added(
    zoe: Person, confirmed: Door, answer: Any
) -> None:
    browser = confirmed(zoe)
    browser.get(ADD)

    for path in (AGAIN, ADD):
        assert browser.post(path, {"name": "x", "credential": json.dumps(answer)}).status_code < 500
    assert not zoe.authenticator_set.exists()


@pytest.mark.parametrize("text", ENDLESS)
def test_what_is_no_json_that_anybody_reads(client: Client, zoe: Person, confirmed: Door, text: str) -> None:
    client.get(SIGN_IN, headers={"Accept": "application/json"})
    assert client.post(SIGN_IN, {"credential": text}).status_code < 500

    browser = confirmed(zoe)
    browser.get(ADD)
    for path in (AGAIN, ADD):
        assert browser.post(path, {"name": "x", "credential": text}).status_code < 500
