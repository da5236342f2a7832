"""Recipients in a real browser: keyboard alone, without JavaScript, narrow and wide, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.harness.browser import Guard, axe, fits, new_context, running_browser
from tests.harness.server import RunningServer

FURNISH = """
import json
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel
from tests.harness import cast
learner, other = cast.zoe(), cast.person("other@example.org", name="W" * 150)
issuers = [cast.institution(), cast.other_institution()]
credentials = {who: [cast.diploma(who, issuer) for issuer in issuers] for who in (learner, other)}
def link(by=learner, **fields):
    offer = Offer(**{"name": "Jury", "channel": Channel.LINK, "language": "fr"} | fields)
    return "/s/" + tokens.token_of(actions.create(by=by, credentials=credentials[by], offer=offer)[0])
print(json.dumps({
    "plain": link(),
    "pin": link(pin="2468"),
    "mail": link(channel=Channel.EMAIL, recipients=["jury@example.org"]),
    "long": link(by=other, reference="W" * 100),
}))
"""
BUTTON = {"fr": "Ouvrir", "en": "Open"}
METHODS = ("GET", "POST")
OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer() as running:
        yield running


@pytest.fixture(scope="module")
def links(product: RunningServer) -> dict[str, str]:
    made: dict[str, str] = json.loads(product.shell(FURNISH).splitlines()[-1])
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def guards() -> Iterator[list[Guard]]:
    opened: list[Guard] = []
    yield opened
    for guard in opened:
        guard.verify()


@pytest.fixture
def open_page(browser: Browser, product: RunningServer, guards: list[Guard]) -> Iterator[OpenPage]:
    """``open_page("en", width=360, script=False)`` is somebody's browser, who reads that language."""
    with ExitStack() as stack:

        def make(language: str = "fr", *, width: int = 1280, script: bool = True) -> Page:
            context, guard = new_context(browser, product.origin, language=language, width=width)
            if not script:
                context.close()
                context = browser.new_context(base_url=product.origin, java_script_enabled=False)
                guard.watch(context)
            guard.expect("status of (403|404|422)")
            context.add_cookies([{"name": "language", "value": language, "url": product.origin}])
            stack.callback(context.close)
            guards.append(guard)
            return context.new_page()

        yield make


def seen(page: Page, *methods: str) -> list[Request]:
    """The requests that the page is going to make, all or by method."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request) if request.method in (methods or METHODS) else None)
    return found


@pytest.mark.parametrize("script", [True, False])
def test_trust_07_opening_works_with_and_without_javascript(
    open_page: OpenPage, links: dict[str, str], product: RunningServer, script: bool
) -> None:
    """The guard of the form meets the referrer policy: a real browser sends our own origin, and no path."""
    page = open_page(script=script)
    sent = seen(page, "POST")
    page.goto(links["plain"])
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_url("**/visits/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Zoé Citoyenne partage 2 documents avec vous"
    [request] = sent
    headers = request.all_headers()
    assert (headers["origin"], headers["referer"]) == (product.origin, f"{product.origin}/")


def test_no_request_tells_the_link(open_page: OpenPage, links: dict[str, str], product: RunningServer) -> None:
    page = open_page()
    requests = seen(page)
    page.goto(links["plain"])
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_url("**/visits/**")
    page.wait_for_load_state("networkidle")
    told = {request.all_headers().get("referer", "") for request in requests}
    assert told <= {"", f"{product.origin}/"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pin_by_keyboard_alone(open_page: OpenPage, links: dict[str, str], language: str) -> None:
    page = open_page(language)
    page.goto(links["pin"])
    page.locator("#id_pin").press_sequentially("1357")
    page.keyboard.press("Enter")
    page.locator(".error-summary:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#id_pin:focus").wait_for()
    page.keyboard.type("2468")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == BUTTON[language]
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/**")


def test_the_language_switch_keeps_the_page_and_stays(open_page: OpenPage, links: dict[str, str]) -> None:
    page = open_page("fr", script=False)
    page.goto(links["plain"])
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Zoé Citoyenne shares documents with you").wait_for()
    page.get_by_role("button", name="Open").click()
    page.get_by_role("heading", name="Zoé Citoyenne shares 2 documents with you").wait_for()
    page.get_by_role("link", name="Français").click()
    page.get_by_role("heading", name="Zoé Citoyenne partage 2 documents avec vous").wait_for()


def test_a_closed_link_leads_to_its_owner(open_page: OpenPage) -> None:
    page = open_page("en", script=False)
    page.goto("/s/unknown")
    page.get_by_role("link", name="Ask the owner for access").click()
    page.get_by_label("Your name").fill("Jean Tremblay")
    page.get_by_label("Your email address").fill("jean@example.org")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Your request was taken").wait_for()


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1280)])
def test_trust_39_every_page_is_accessible_and_fits(
    open_page: OpenPage, links: dict[str, str], language: str, width: int
) -> None:
    page = open_page(language, width=width)
    places = [*links.values(), f"{links['mail']}?code=sent", "/s/unknown", "/s/unknown/ask", "/s/unknown/ask?sent=1"]
    for place in [*places, "/visits/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/"]:
        page.goto(place)
        check(page)
    page.goto(links["long"])
    page.get_by_role("button", name=BUTTON[language]).click()
    page.wait_for_url("**/visits/**")
    page.locator("figure img").first.evaluate("image => image.complete || new Promise(done => image.onload = done)")
    check(page)
    first = str(page.locator("figure img").first.get_attribute("src"))
    for place in (f"{first}/text", f"{first.split('/pages/', maxsplit=1)[0]}/print"):
        page.goto(place)
        check(page)


def check(page: Page) -> None:
    fits(page)
    axe(page)
