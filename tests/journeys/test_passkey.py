"""A new person signs up by a code, adds a passkey, and from then on needs nothing to remember."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.harness.browser import LOCALES, axe, fits
from tests.harness.server import RunningServer
from tests.journeys.conftest import NewPage

PASSWORD = "sept corneilles sur un fil"
PAGES = [
    "/account/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


class Device:
    """A phone with a fingerprint reader, in the browser. ``answers``: whether its owner touches it."""

    def __init__(self, page: Page) -> None:
        self.wire: CDPSession = page.context.new_cdp_session(page)
        self.wire.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": False,
        }
        self.id = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def answers(self, yes: bool) -> None:
        self.wire.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": self.id, "enabled": yes})


def mailed_code(new_page: NewPage, address: str) -> str:
    """From the demonstration's mail page."""
    page = new_page()
    page.goto(f"/_mail/?to={address}")
    page.locator("a[href*='/_mail/']").filter(has_text=re.compile("code")).first.click()
    found = re.search(r"\b[B-Z]{4}-[B-Z]{4}\b", page.content())
    assert found, page.content()
    return found[0]


def send(page: Page) -> None:
    page.locator("main form").first.locator("button:not([type=button])").first.click()


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1280)])
def test_sign_up_and_a_passkey(page: Page, new_page: NewPage, language: str, width: int) -> None:
    address = f"passkey-{language}-{width}@example.org"
    device = Device(page)

    page.goto("/accounts/signup/")
    page.locator("[name=name]").fill("Noé Lavoie")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill(PASSWORD)
    send(page)
    page.wait_for_url("**/confirm-email/")
    axe(page)
    page.locator("[name=code]").fill(mailed_code(new_page, address))
    send(page)
    page.wait_for_url("**/documents/")

    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    send(page)
    page.wait_for_url("**/webauthn/add/")
    axe(page)
    device.answers(True)
    send(page)
    page.wait_for_url("**/recovery-codes/")
    device.answers(False)

    for path in PAGES:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        fits(page)

    send(page)
    page.goto("/accounts/login/")
    axe(page)
    fits(page)
    device.answers(True)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/documents/")
    expect(page.locator(".menu summary")).to_contain_text("Noé Lavoie")


def test_sign_up_and_sign_in_need_no_javascript(
    browser: Browser, demonstration: RunningServer, new_page: NewPage, language: str
) -> None:
    address = f"plain-{language}@example.org"
    context = browser.new_context(base_url=demonstration.origin, locale=LOCALES[language], java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/signup/")
    page.locator("[name=name]").fill("Noé Lavoie")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill(PASSWORD)
    send(page)
    page.locator("[name=code]").fill(mailed_code(new_page, address))
    send(page)
    page.wait_for_url("**/documents/")

    context.clear_cookies()
    page.goto("/accounts/login/")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    send(page)
    page.wait_for_url("**/documents/")
    context.close()
