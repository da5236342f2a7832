"""Every address of allauth's answers with a page of ours, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Engine
from django.test import Client
from django.urls import URLPattern, URLResolver

from attesta.accounts import urls
from attesta.accounts.models import Person
from tests.accounts.conftest import Door
from tests.accounts.passkey import Passkey
from tests.accounts.test_factors import add_app, add_passkey, first_step
from tests.accounts.test_passwords import RESET, ask
from tests.accounts.test_sign_up import FORM

OURS = Path(__file__).parents[2] / "attesta" / "accounts" / "templates"


def patterns(resolver: Any = urls) -> Iterator[URLPattern]:
    for entry in resolver.urlpatterns if hasattr(resolver, "urlpatterns") else resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def view_class(pattern: URLPattern) -> Any:
    return getattr(pattern.callback, "view_class", None)


def anonymous() -> Client:
    return Client()


def fresh_sign_up() -> Client:
    browser = Client()
    browser.post("/accounts/signup/", FORM)
    return browser


def asked_for_a_password(person: Person, confirm: bool = False) -> Client:
    browser = Client()
    ask(browser, person.email)
    if confirm:
        process = browser.session["account_password_reset_verification"]
        browser.post(f"{RESET}confirm/", {"code": process["code"]})
    return browser


@pytest.fixture
def browsers(zoe: Person, alex: Person, sign_in: Door, confirmed: Door) -> dict[str, Callable[[], Client]]:
    """Who stands before which page."""

    def with_app() -> Client:
        browser = confirmed(alex)
        add_app(browser)
        return browser

    def with_passkey() -> Client:
        browser = confirmed(alex)
        add_passkey(browser, Passkey())
        return browser

    def halfway() -> Client:
        with_app()
        return first_step(alex)

    def without_password() -> Client:
        zoe.set_unusable_password()
        zoe.save()
        browser = Client()
        browser.force_login(zoe)
        return browser

    return {
        "anonymous": anonymous,
        "fresh sign-up": fresh_sign_up,
        "asked": lambda: asked_for_a_password(zoe),
        "asked and confirmed": lambda: asked_for_a_password(zoe, confirm=True),
        "signed in": lambda: sign_in(zoe),
        "confirmed": lambda: confirmed(zoe),
        "with app": with_app,
        "with passkey": with_passkey,
        "halfway": halfway,
        "without password": without_password,
    }


PAGES = {
    "account_login": "anonymous",
    "account_logout": "signed in",
    "account_inactive": "anonymous",
    "account_signup": "anonymous",
    "account_reauthenticate": "signed in",
    "account_email": "signed in",
    "account_email_verification_sent": "fresh sign-up",
    "account_change_password": "signed in",
    "account_set_password": "without password",
    "account_reset_password": "anonymous",
    "account_confirm_password_reset_code": "asked",
    "account_complete_password_reset": "asked and confirmed",
    "account_password_reset_completed": "anonymous",
    "mfa_index": "with app",
    "mfa_authenticate": "halfway",
    "mfa_reauthenticate": "with app",
    "mfa_activate_totp": "confirmed",
    "mfa_deactivate_totp": "with app",
    "mfa_view_recovery_codes": "with app",
    "mfa_generate_recovery_codes": "with app",
    "mfa_list_webauthn": "with passkey",
    "mfa_add_webauthn": "confirmed",
    "mfa_reauthenticate_webauthn": "with passkey",
    "mfa_remove_webauthn": "with passkey",
    "mfa_edit_webauthn": "with passkey",
    "usersessions_list": "signed in",
}
NO_PAGE = {
    "account_confirm_login_code",  # sign-in by mailed code is off
    "mfa_download_recovery_codes",  # a text file
    "mfa_login_webauthn",  # asked by passkeys.js; a browser is led to the sign-in page
}


def test_every_address_of_allauth_is_known_here() -> None:
    assert {pattern.name for pattern in patterns()} == PAGES.keys() | NO_PAGE


def test_addresses_that_change_an_account_are_known_by_name() -> None:
    assert {pattern.name for pattern in patterns()} > urls.CHANGES


def test_every_page_has_a_template_of_ours() -> None:
    names = {view_class(pattern).template_name for pattern in patterns() if view_class(pattern)} - {None}
    files = {name: Path(Engine.get_default().get_template(name).origin.name) for name in names}

    assert [name for name, file in files.items() if OURS not in file.parents] == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers_in_our_layout(browsers: dict[str, Callable[[], Client]], name: str, language: str) -> None:
    browser = browsers[PAGES[name]]()
    Person.objects.update(language=language)
    browser.cookies["language"] = language

    answer = browser.get(address(name, browser))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "web/layout.html" in {template.name for template in answer.templates}
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "no-store" in answer.headers["Cache-Control"]


def address(name: str, browser: Client) -> str:
    [route] = [path for pattern, path in routes() if pattern.name == name]
    if "<int:pk>" in route:
        factor = Person.objects.get(pk=browser.session["_auth_user_id"]).authenticator_set.filter(type="webauthn").get()
        route = route.replace("<int:pk>", str(factor.pk))
    return f"/accounts/{route}"


def routes(resolver: Any = urls, before: str = "") -> Iterator[tuple[URLPattern, str]]:
    for entry in resolver.urlpatterns if hasattr(resolver, "urlpatterns") else resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield entry, path


def test_addresses_of_old_habits_lead_somewhere(db: None, client: Client) -> None:
    assert client.get("/accounts/")["Location"] == "/accounts/login/"
    assert client.get("/accounts/2fa/webauthn/login/")["Location"] == "/accounts/login/"
