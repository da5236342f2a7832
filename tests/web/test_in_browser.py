"""The gallery in a real browser: accessible, never too wide, complaining of nothing, whole without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.browser import ENLARGED, axe, fits, fits_at, new_context, running_browser
from tests.harness.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("fr", 360, "dark"), ("en", 360, "light"), ("fr", 1280, "light"), ("en", 1280, "dark")],
)
def test_trust_39_the_gallery_is_accessible_and_fits_also_enlarged(
    product: RunningServer, browser: Browser, language: str, width: int, scheme: str
) -> None:
    """Targets are of 24 px at least, links within a sentence apart (WCAG 2.2, 2.5.8)."""
    context, guard = new_context(browser, product.origin, language=language, width=width)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in ("/_components/", "/"):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        fits(page)
        if address == "/_components/":
            fits_at(page, ENLARGED)
            assert page.evaluate(SMALL_TARGETS) == []
    guard.verify()
    context.close()


SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
  .filter(target => target.checkVisibility() && !target.closest("p, ul:not([class]), .visually-hidden"))
  .map(target => ({ target, box: (target.closest("label") || target).getBoundingClientRect() }))
  .filter(({ target, box }) => !target.classList.contains("skip") && (box.width < 24 || box.height < 24))
  .map(({ target, box }) => `${target.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


def test_the_account_menu_closes_on_escape_and_gives_the_focus_back(product: RunningServer, browser: Browser) -> None:
    context, guard = new_context(browser, product.origin, language="en", width=1280)
    page = context.new_page()
    page.goto("/_components/")
    menu = page.locator("#g-menu")
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    guard.verify()
    context.close()


def test_copy_says_that_it_copied(product: RunningServer, browser: Browser) -> None:
    context, guard = new_context(browser, product.origin, language="en", width=1280)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/_components/")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#live")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://attesta.example.org/s/…"
    guard.verify()
    context.close()


def test_what_could_not_be_updated_is_told_where_everyone_sees_it(product: RunningServer, browser: Browser) -> None:
    context, guard = new_context(browser, product.origin, language="en", width=360)
    page = context.new_page()
    page.goto("/_components/")
    page.evaluate("document.dispatchEvent(new Event('htmx:sendError'))")
    told = page.locator("#live.live-failed")
    expect(told).to_have_text("The page could not be updated. Check your connection and try again.")
    expect(told).to_be_in_viewport(ratio=1)
    axe(page)
    fits(page)
    page.evaluate("document.dispatchEvent(new Event('htmx:beforeRequest'))")
    expect(told).to_have_count(0)
    guard.verify()
    context.close()


def test_without_javascript_everything_stays_in_reach(product: RunningServer, browser: Browser) -> None:
    context = browser.new_context(base_url=product.origin, locale="fr-CA", java_script_enabled=False)
    page = context.new_page()
    page.goto("/_components/?q=a")
    expect(page.get_by_role("button", name="Copier le lien")).to_be_hidden()
    expect(page.get_by_label("Partager l’URL", exact=True)).to_have_value("https://attesta.example.org/s/…")
    switch_language(page)
    assert page.url == f"{product.origin}/_components/?q=a"
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def switch_language(page: Page) -> None:
    page.get_by_role("button", name="English").click()


@pytest.fixture(scope="module")
def operations(product: RunningServer) -> tuple[str, str, str]:
    """The cookie of an operator's browser, a list, and the page of a document with its versions."""
    told = product.shell(
        "from tests.harness import cast; from tests.issuer.conftest import with_factor;"
        "from tests.web.test_operations import showing; document = cast.diploma(cast.zoe(), cast.institution());"
        "print(showing(with_factor(cast.operator())).cookies['sessionid'].value, document.pk)"
    )
    cookie, document = told.split()[-2:]
    return cookie, "/operations/mail/letter/", f"/operations/credentials/credential/{document}/change/"


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1280)])
def test_trust_39_the_operators_view_is_accessible_and_fits(
    product: RunningServer, browser: Browser, operations: tuple[str, str, str], language: str, width: int
) -> None:
    """And Django's pages do with our rules for scripts and styles: the console complains of nothing."""
    context, guard = new_context(browser, product.origin, language=language, width=width)
    cookie, *addresses = operations
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": product.origin}])
    page = context.new_page()
    for address in addresses:
        page.goto(f"{address}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        fits(page)
    guard.verify()
    context.close()
