"""A real browser on the real product. Whatever leaves the site, and whatever the console complains of, is a failure."""

from __future__ import annotations

import atexit
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # nothing else can be reached
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENLARGED = 320  # pixels that 1280 are when they are enlarged four times (WCAG 2.2, 1.4.10)
AXE_RUN = "rules => axe.run(rules).then(found => ({ ...found, passes: [], incomplete: [], inapplicable: [] }))"
PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")  # the first needs half the processor time
LOCALES = {"fr": "fr-CA", "en": "en-CA"}


@dataclass
class Guard:
    """Watches one browser context. ``expected`` patterns name console errors that a story means to cause."""

    origin: str
    expected: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.trouble.append(f"script error: {error.error}"))

    def expect(self, pattern: str) -> None:
        """For example ``status of 404``, before opening a page that answers so."""
        self.expected.append(pattern)

    def verify(self) -> None:
        unexpected = [line for line in self.trouble if not any(re.search(known, line) for known in self.expected)]
        assert unexpected == []

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.trouble.append(f"off-site request: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(f"console: {message.text} at {message.location.get('url', '')}")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The one browser of this process (Playwright runs once), started by the first who needs it.

    It stays for the next who does, until ``stop_unused``: its event loop is in the way of others that need one.
    """
    _running.start()
    _running.users += 1
    try:
        yield _running.browser
    finally:
        _running.users -= 1


def stop_unused() -> None:
    """End the browser if it runs and nobody uses it."""
    if _running.users == 0:
        _running.stop()


class _Running:
    users = 0
    browser: Browser
    playwright: Playwright | None = None

    def start(self) -> None:
        if self.playwright is None:
            program = executable()
            self.playwright = sync_playwright().start()
            self.browser = self.playwright.chromium.launch(executable_path=program, args=FLAGS)

    def stop(self) -> None:
        if self.playwright is not None:
            self.browser.close()
            self.playwright.stop()
            self.playwright = None


_running = _Running()
atexit.register(_running.stop)


def executable() -> str:
    """Raises RuntimeError with what to install."""
    for name in (os.environ.get("CHROMIUM", ""), *PROGRAMS):
        if name and (path := shutil.which(name)):
            return path
    raise RuntimeError(f"No Chromium: apt-get install {PROGRAMS[0]} fonts-dejavu-core libatomic1 (or set CHROMIUM).")


def new_context(browser: Browser, origin: str, *, language: str, width: int) -> tuple[BrowserContext, Guard]:
    """A person's own browser: their language, Toronto's time, reduced motion; no cookie of anyone else's."""
    context = browser.new_context(
        base_url=origin,
        locale=LOCALES[language],
        timezone_id="America/Toronto",
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
    )
    context.set_default_timeout(10_000)
    guard = Guard(origin)
    guard.watch(context)
    return context, guard


def axe(page: Page) -> None:
    """No accessibility rule is broken on the page as it stands. Of what is in order nothing is sent: it is much."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe().axe_script)
    rules = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    results = AxeResults(page.evaluate(AXE_RUN, rules))
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


@cache
def _axe() -> Axe:
    return Axe()


def fits(page: Page) -> None:
    """Nothing is scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is too wide"


def fits_at(page: Page, width: int) -> None:
    """Nor when the window has another width, in pixels; it gets its own back."""
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": width, "height": size["height"]})
    fits(page)
    page.set_viewport_size(size)


def sign_in(page: Page, email: str, password: str = "attesta-demo-2026") -> None:
    """Through the form, as a person does; ends on the page that signing in leads to."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
