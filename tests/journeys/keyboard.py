"""People who use no mouse: what they press is reached with the Tab key first."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.harness.browser import sign_in

MOST = 120  # presses, before something is taken to be out of reach
FOCUSED = "element => element === document.activeElement"


def reach(page: Page, target: Locator) -> Locator:
    """Tab until it has the focus, from wherever that is."""
    expect(target).to_be_visible()
    for _ in range(MOST):
        if target.evaluate(FOCUSED):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not reach {target} on {page.url}")


def press(page: Page, target: Locator) -> None:
    """And wait for the page that it leads to."""
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    reach(page, page.locator(f"main [name={name}]:visible").first).fill(text)


def choose_file(page: Page, name: str, content: bytes, *, as_name: str) -> None:
    """The system's own window is not ours to test."""
    field = page.locator(f"main input[type=file][name={name}]").first
    reach(page, field).set_input_files({"name": as_name, "mimeType": "application/octet-stream", "buffer": content})


def submit(page: Page) -> None:
    """The page's one primary button."""
    press(page, page.locator("main form button.button-primary").first)


def sign_in_as_staff(page: Page, email: str) -> None:
    """By password and by the code that the demonstration shows. A code works once: the next one is waited for."""
    sign_in(page, email)
    for _ in range(3):
        found = re.search(rf"<dt>{re.escape(email)}</dt><dd[^>]*>(\d{{6}})", page.content())
        assert found
        page.locator("input[name=code]").fill(found[1])
        page.locator("input[name=code]").press("Enter")
        page.wait_for_load_state()
        if "/2fa/" not in page.url:
            return
        page.wait_for_timeout(30_500)
        page.reload()
    raise AssertionError(f"{email} could not sign in")
