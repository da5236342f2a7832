"""The first operator's way: an account by command, a password by a mailed code, a second factor, then the view."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.test import Client

from attesta.accounts.models import Person
from tests.accounts import mailbox
from tests.accounts.conftest import Door
from tests.accounts.passkey import Passkey
from tests.accounts.test_factors import FACTORS, add_app, add_passkey, app_code, as_sent
from tests.accounts.test_passwords import NEW, RESET, ask

HOME = "/operations/"


def test_trust_20_a_password_alone_never_suffices_from_the_command_to_the_view(db: None) -> None:
    call_command("create-person", "odile@example.org", "Odile Opératrice", "--operator", stdout=StringIO())
    browser = Client()
    ask(browser, "odile@example.org")
    browser.post(f"{RESET}confirm/", {"code": mailbox.code("odile@example.org")})
    browser.post(f"{RESET}complete/", {"password1": NEW})
    browser.post("/accounts/login/", {"login": "odile@example.org", "password": NEW})
    assert browser.get(HOME).status_code == 403
    browser.post("/accounts/reauthenticate/", {"password": NEW})
    secret = add_app(browser)

    asked = browser.get(HOME)["Location"]
    assert asked == f"{FACTORS}/reauthenticate/?next=%2Foperations%2F"
    shown = browser.post(asked, {"code": app_code(secret, 1), "next": HOME})

    assert shown["Location"] == HOME
    assert browser.get(HOME).status_code == 200


def test_whoever_signed_in_by_a_passkey_is_in(operator: Person, confirmed: Door, client: Client) -> None:
    passkey = Passkey()
    add_passkey(confirmed(operator), passkey)
    options = client.get(f"{FACTORS}/webauthn/login/", headers={"Accept": "application/json"}).json()
    client.post(f"{FACTORS}/webauthn/login/", {"credential": passkey.use(options)})
    assert client.get(HOME).status_code == 200


def test_trust_20_whoever_has_a_passkey_alone_shows_it(operator: Person, confirmed: Door) -> None:
    passkey = Passkey()
    browser = confirmed(operator)
    add_passkey(browser, passkey)

    asked = browser.get(HOME)["Location"]
    assert asked == f"{FACTORS}/webauthn/reauthenticate/?next=%2Foperations%2F"
    options = as_sent(browser.get(asked).context["js_data"])
    shown = browser.post(asked, {"credential": passkey.use(options), "next": HOME})

    assert (shown["Location"], browser.get(HOME).status_code) == (HOME, 200)
