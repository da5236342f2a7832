"""Pages of the hall and of sign-in, in both languages, narrow and wide: axe is silent, nothing is cut.

The doors look at theirs in ``learner/test_in_browser.py`` and ``recipient/test_browser.py``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.harness.browser import Guard, axe, fits, fits_at, sign_in
from tests.journeys.conftest import NewPage

ANYONE = (
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/_components/",
    "/_mail/",
)
NARROW, WIDE = 360, 1280
CLOSED = ("/s/no-such-link", "/no-such-page")
SIGNED_IN = (
    "/account/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
    "/accounts/logout/",
)


@pytest.fixture
def width() -> int:
    return NARROW


def look(page: Page, address: str) -> None:
    """Nothing is cut at any width; axe looks at the narrow one, which has all that the wide one has."""
    page.goto(address)
    axe(page)
    fits(page)
    fits_at(page, WIDE)


def test_trust_39_every_page_for_anyone(page: Page, guards: list[Guard]) -> None:
    for address in ANYONE:
        look(page, address)
    guards[0].expect("status of 404")
    for address in CLOSED:
        look(page, address)
    page.goto("/s/no-such-link")
    page.locator("main a").first.click()
    look(page, page.url)


def test_trust_39_every_page_of_an_account(new_page: NewPage, language: str) -> None:
    page = new_page()
    sign_in(page, "zoe@example.org" if language == "fr" else "alex@example.org")
    for address in SIGNED_IN:
        look(page, address)
