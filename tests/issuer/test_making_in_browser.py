"""Members, templates and batches in a real browser: accessible, never too wide, by keyboard, whole without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.harness.browser import ENLARGED, Guard, axe, fits, fits_at, new_context, running_browser
from tests.harness.server import RunningServer

DESK = "/issuer/universite-du-fleuve/"
HEAD = "document_number,learner_email,issued_on,learner_name,degree_fr,degree_en\n"
CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
WORDS = {
    "fr": {"start": "Émettre 5 documents", "approve": "Approuver", "issued": "Les 5 documents sont émis"},
    "en": {"start": "Issue 5 documents", "approve": "Approve", "issued": "All 5 documents are issued"},
}
SLOW = 60_000  # milliseconds that a worker may take

type OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer(worker=True) as running:
        yield running


@pytest.fixture(scope="module")
def made(product: RunningServer) -> dict[str, Any]:
    told = product.shell("from tests.issuer.furnishing import furnish; print(furnish())")
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def staff(browser: Browser, product: RunningServer, made: dict[str, Any]) -> Iterator[OpenPage]:
    """``staff("issuer", "en", width=360)`` is that person's browser, signed in, in that language."""
    guards: list[Guard] = []
    with ExitStack() as stack:

        def open_page(role: str, language: str = "fr", *, width: int = 1280, script: bool = True) -> Page:
            context, guard = new_context(browser, product.origin, language=language, width=width)
            if not script:
                context.close()
                context = browser.new_context(base_url=product.origin, java_script_enabled=False, locale="fr-CA")
                guard.watch(context)
            stack.callback(context.close)
            guards.append(guard)
            context.add_cookies([{"name": "sessionid", "value": made["cookies"][role], "url": product.origin}])
            page = context.new_page()
            page.goto(DESK)
            if page.locator("html").get_attribute("lang") != language:
                page.locator("form.language button").click()
            return page

        yield open_page
        for guard in guards:
            guard.verify()


def addresses(made: dict[str, Any]) -> list[str]:
    batches = [f"batches/{pk}/" for pk in made["batches"].values()]
    person, template = made["person"], made["template"]
    return [
        *("members/", "members/invite/", f"members/{person}/role/", f"members/{person}/remove/"),
        f"members/invitations/{made['invitation']}/withdraw/",
        *("templates/", "templates/new/", "templates/new/transcript/", f"templates/{template}/"),
        *("batches/", "batches/new/", *batches, f"{batches[0]}cancel/"),
    ]


@pytest.mark.parametrize(("language", "width", "scheme"), [("fr", 360, "dark"), ("en", 1280, "light")])
def test_trust_39_every_page_is_accessible_and_fits_also_enlarged(
    language: str, width: int, scheme: str, staff: OpenPage, made: dict[str, Any]
) -> None:
    page = staff("administrator", language, width=width)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in addresses(made):
        page.goto(DESK + address)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        axe(page)
        fits(page)
        fits_at(page, ENLARGED)


def test_a_state_of_many_words_fits_a_narrow_screen(staff: OpenPage) -> None:
    page = staff("administrator", "en", width=360)
    page.goto(DESK + "batches/")
    expect(page.get_by_text("Waiting for approval")).to_be_visible()
    fits(page)


def rows(batch: str, *, email: str) -> dict[str, Any]:
    table = "".join(f"{batch}-{n},{email},2026-06-12,Zoé Citoyenne,Grade,Degree\n" for n in range(5))
    return {"name": f"{batch}.csv", "mimeType": "text/csv", "buffer": (HEAD + table).encode()}


def press(target: Locator) -> None:
    target.focus()
    target.press("Enter")


def hand_in(page: Page, file: dict[str, Any]) -> None:
    """The file's own dialogue is the browser's; all the rest by keyboard."""
    page.locator("#id_template").focus()
    page.keyboard.type("Diplôme")
    page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
    press(page.locator("main form .button-primary"))
    page.wait_for_url(re.compile(r"/batches/[0-9a-f-]{36}/$"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_batch_is_corrected_approved_and_issued_by_keyboard(language: str, staff: OpenPage) -> None:
    """The page follows by itself: nobody presses Refresh."""
    words = WORDS[language]
    author = staff("issuer", language)
    author.goto(f"{DESK}batches/new/")
    hand_in(author, rows(f"juin-{language}", email="sans-arobase"))
    expect(author.locator("#problems tbody tr")).to_have_count(5, timeout=SLOW)
    axe(author)
    press(author.locator(".notice-danger .button-primary"))
    hand_in(author, rows(f"juin-{language}", email="zoe@example.org"))
    expect(author.locator(".notice-attention")).to_be_visible(timeout=SLOW)
    expect(author.get_by_role("button", name=words["approve"])).to_have_count(0)
    second = staff("second", language)
    second.goto(author.url)
    press(second.get_by_role("button", name=words["approve"]))
    press(second.get_by_role("button", name=words["start"]))
    expect(second.get_by_text(words["issued"])).to_be_visible(timeout=SLOW)
    author.reload()
    expect(author.get_by_text(words["issued"])).to_be_visible()
    axe(author)


def test_a_batch_is_handed_in_started_and_followed_without_javascript(staff: OpenPage) -> None:
    page = staff("issuer", script=False)
    page.goto(f"{DESK}batches/new/")
    page.locator("#id_template").select_option(label="Diplôme (Diplôme)")
    file = rows("sans-script", email="zoe@example.org")
    file["buffer"] = b"\n".join(file["buffer"].splitlines()[:3])
    page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Déposer et vérifier").click()
    until(page, lambda: page.get_by_role("button", name="Émettre 2 documents"))
    page.get_by_role("button", name="Émettre 2 documents").click()
    until(page, lambda: page.get_by_text("Les 2 documents sont émis"))


def until(page: Page, target: Callable[[], Locator]) -> None:
    """Presses Refresh as a person does, until it is there."""
    for _ in range(SLOW // 500):
        if target().count():
            return
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Actualiser").click()
    raise AssertionError(page.locator("main").inner_text())


def test_a_preview_follows_what_is_typed_and_keeps_the_crest(staff: OpenPage, made: dict[str, Any]) -> None:
    page = staff("administrator")
    page.goto(f"{DESK}templates/{made['template']}/")
    before = page.locator("#preview img").get_attribute("src")
    page.locator("#id_accent").fill("#7a1010")
    page.locator("#id_crest_file").set_input_files({"name": "crest.svg", "mimeType": "image/svg+xml", "buffer": CREST})
    press(page.locator("#preview-again"))
    expect(page.locator("#id_crest")).to_have_value(CREST.decode())
    expect(page.locator("#preview-again")).to_be_focused()
    assert page.locator("#preview img").get_attribute("src") != before
    axe(page)
    page.reload()
    expect(page.locator("#id_accent")).to_have_value("#1d3557")
