"""The demonstration's staff pass their second step with the code that is shown to whoever sits there."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.harness.server import RunningServer

GUARD = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PASSWORD = "attesta-demo-2026"


def press(browser: httpx.Client, page: httpx.Response, address: str, **typed: str) -> httpx.Response:
    guard = GUARD.search(page.text)
    assert guard
    return browser.post(address, data=typed | {"csrfmiddlewaretoken": guard[1]})


@pytest.mark.parametrize("email", ["registrar@example.org", "deputy@example.org"])
def test_the_code_that_is_shown_signs_in(demonstration: RunningServer, email: str) -> None:
    with httpx.Client(base_url=demonstration.origin, timeout=30, follow_redirects=True) as browser:
        page = browser.get("/accounts/login/")
        second = press(browser, page, "/accounts/login/", login=email, password=PASSWORD)
        assert second.url.path == "/accounts/2fa/authenticate/"
        shown = re.search(rf"<dt>{email}</dt><dd[^>]*>(\d{{6}})", second.text)
        assert shown
        inside = press(browser, second, "/accounts/2fa/authenticate/", code=shown[1])
        assert inside.url.path == "/issuer/grandes-marees/"
        assert inside.status_code == 200


def test_letters_show_the_codes_too(demonstration: RunningServer) -> None:
    page = httpx.get(demonstration.url("/_mail/"))
    assert len(re.findall(r"<dt>(registrar|deputy)@example.org</dt><dd[^>]*>\d{6}", page.text)) == 2
