"""Anyone's real browser: keyboard alone, without JavaScript, a dropped file, narrow and wide, in both languages."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.browser import Guard, axe, fits, new_context, running_browser
from tests.harness.foreign import Notary
from tests.harness.forgeries import flipped
from tests.harness.pdfs import make_pdf
from tests.harness.server import RunningServer

FURNISH = """
import base64, json
from datetime import date
from attesta.credentials import actions, contents
from tests.harness import cast
from tests.harness.pdfs import make_pdf
zoe, institution = cast.zoe(), cast.institution()
def issue(text, **fields):
    return actions.issue(
        issuer=institution, learner_email=zoe.email, learner_name=zoe.name, issued_on=date(2024, 3, 22), number=text,
        title_fr="Certificat en hydrographie", title_en="Certificate in Hydrography", pdf=make_pdf(text=text), **fields
    )
made = {name: issue(name) for name in ("current", "older", "revoked")}
made["expired"] = issue("expired", expires_on=date(2025, 1, 1))
files = {name: contents.of_owner(zoe, each.pk).original() for name, each in made.items()}
codes = {name: each.code for name, each in made.items()}
codes["older"] += f"?v={made['older'].versions.get().pk}"
actions.update(credential=made["older"], pdf=make_pdf(text="b2"), reason="Nom corrigé")
actions.revoke(credential=made["revoked"], reason="Émis par erreur", shown=True)
encoded = {name: base64.b64encode(content).decode() for name, content in files.items()}
print(json.dumps({"files": encoded, "codes": codes}))
"""
HEADLINES = {
    "en": {
        "current": "Genuine and current: River University issued this very file.",
        "older": "Genuine, but an older version: this is number 1, and number 2 has been current since",
        "expired": "Genuine, but expired: River University issued it, and it has not been current since",
        "revoked": "Genuine, but revoked: River University withdrew this document on",
        "altered": "Altered: this file claims to be from River University, but is not what was issued.",
        "foreign": "We cannot tell: this file is intact, but sealed by someone whom we do not know.",
        "unsealed": "We cannot tell: this PDF carries no seal.",
        "nothing": "We cannot tell: this is not a PDF that we can read.",
    },
    "fr": {
        "current": "Authentique et en vigueur : Université du Fleuve a émis ce fichier, tel quel.",
        "older": "Authentique, mais d’une version antérieure : c’est le numéro 1, et le numéro 2 est en vigueur depuis",
        "expired": "Authentique, mais expiré : Université du Fleuve l’a émis, et il n’est plus en vigueur depuis",
        "revoked": "Authentique, mais révoqué : Université du Fleuve a retiré ce document le",
        "altered": "Modifié : ce fichier se dit de l’établissement « Université du Fleuve », mais",
        "foreign": "Nous ne pouvons pas nous prononcer : ce fichier est intact, mais scellé par quelqu’un",
        "unsealed": "Nous ne pouvons pas nous prononcer : ce PDF ne porte aucun sceau.",
        "nothing": "Nous ne pouvons pas nous prononcer : ce n’est pas un PDF que nous pouvons lire.",
    },
}
FOREIGN = Notary.named("Collège de Nulle Part").sign(make_pdf(text="Certificat"))
DROP = """
async ([place, name, bytes]) => {
    const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([content], name, { type: "application/pdf" }));
    const target = document.querySelector(place);
    for (const kind of ["dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
    }
}
"""
OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class World:
    files: dict[str, bytes]
    codes: dict[str, str]


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer() as running:
        yield running


@pytest.fixture(scope="module")
def world(product: RunningServer) -> World:
    made = json.loads(product.shell(FURNISH).splitlines()[-1])
    files = {name: base64.b64decode(content) for name, content in made["files"].items()}
    current = files["current"]
    others = {"altered": flipped(current, len(current) // 2, 1), "foreign": FOREIGN, "unsealed": make_pdf(text="x")}
    return World(files | others | {"nothing": b"hello"}, made["codes"])


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

        def make(language: str = "en", *, width: int = 1280, script: bool = True) -> Page:
            context, guard = new_context(browser, product.origin, language=language, width=width)
            if not script:
                context.close()
                context = browser.new_context(base_url=product.origin, java_script_enabled=False)
                guard.watch(context)
            guard.expect("status of (404|422).*/verify/")
            context.add_cookies([{"name": "language", "value": language, "url": product.origin}])
            stack.callback(context.close)
            guards.append(guard)
            return context.new_page()

        yield make


def bring(page: Page, content: bytes) -> None:
    """Chosen in the field; then the keyboard alone."""
    page.goto("/verify/")
    field = page.locator("input[type=file]")
    field.focus()
    field.set_input_files({"name": "diplome.pdf", "mimeType": "application/pdf", "buffer": content})
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".verdict h1").wait_for()


def headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ")


def test_a_note_opens_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page()
    bring(page, world.files["current"])
    line = page.locator("summary", has_text="Not one byte has changed since it was issued")
    line.focus()
    page.keyboard.press("Enter")
    assert "SHA-256" in page.locator("details[open] .check-note").inner_text()


def test_a_code_is_typed_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = open_page()
    page.goto("/verify/")
    page.get_by_label("Code").focus()
    page.keyboard.type(world.codes["current"].lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{world.codes['current']}")
    assert headline(page).startswith("The code is genuine: River University issued the document below")


@pytest.mark.parametrize("name", ["current", "altered"])
def test_it_works_without_javascript(open_page: OpenPage, world: World, name: str) -> None:
    page = open_page(script=False)
    page.goto("/verify/")
    assert not page.locator(".drop-hint").is_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "diplome.pdf", "mimeType": "application/pdf", "buffer": world.files[name]}
    )
    page.get_by_role("button", name="Verify this file").click()
    assert headline(page).startswith(HEADLINES["en"][name])


def test_a_dropped_file_is_sent_at_once(open_page: OpenPage, world: World) -> None:
    page = open_page()
    page.goto("/verify/")
    page.evaluate(DROP, ["[data-drop]", "diplome.pdf", base64.b64encode(world.files["current"]).decode()])
    page.locator(".verdict h1").wait_for()
    assert headline(page) == HEADLINES["en"]["current"]


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1280)])
def test_trust_39_good_old_revoked_and_forged_by_keyboard_and_every_page_is_accessible_and_fits(
    open_page: OpenPage, world: World, language: str, width: int
) -> None:
    page = open_page(language, width=width)
    places = ["/verify/", "/verify/?code=wrong", "/verify/roots/", "/verify/0000-0000-0000-0000-0000", "/"]
    for place in [*places, *(f"/verify/{code}" for code in world.codes.values())]:
        page.goto(place)
        check(page)
    for name, start in HEADLINES[language].items():
        bring(page, world.files[name])
        assert headline(page).startswith(start), name
        page.evaluate("for (const note of document.querySelectorAll('details')) note.open = true")
        check(page)


def check(page: Page) -> None:
    fits(page)
    axe(page)
