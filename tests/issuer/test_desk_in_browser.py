"""Documents of a desk in a real browser: accessible, never too wide, by keyboard, whole without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.harness.browser import ENLARGED, Guard, axe, fits, fits_at, new_context, running_browser
from tests.harness.pdfs import make_pdf
from tests.harness.server import RunningServer

DESK = "/issuer/universite-du-fleuve/"
FURNISH = """
import json
from datetime import date, timedelta
from django.utils import timezone
from attesta.credentials import actions, tallies
from attesta.credentials.models import Template
from attesta.organizations.models import Role
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from tests.issuer.furnishing import cookie, person
institution = cast.institution()
staff = {role.value: person(institution, role) for role in Role}
diploma = cast.diploma(cast.zoe(), institution, by=staff["issuer"])
def issue(name, **fields):
    facts = {"title_fr": "Relevé de notes", "title_en": "Transcript", "issued_on": date(2024, 3, 22)} | fields
    return actions.issue(issuer=institution, learner_email="w@example.org", learner_name=name, pdf=make_pdf(), **facts)
waiting, revoked = issue("Ève Tremblay", number="2024-1"), issue("Alex Tremblay")
later = issue("Nikolaï", release_at=timezone.now() + timedelta(days=3), expires_on=timezone.localdate())
worded = issue("Llanfair" * 18, title_fr="Titre" * 40, title_en="Title" * 40, number="N" * 80)
actions.revoke(credential=revoked, reason="Émis par erreur", shown=True)
actions.update(credential=diploma, pdf=make_pdf(pages=2, text="Version corrigée"), reason="Mention ajoutée")
tallies.roll_up(now=timezone.now() + timedelta(minutes=2))
names = {"title_fr": "Relevé", "title_en": "Transcript"}
template = Template.objects.create(issuer=institution, kind="transcript", name="Relevés", **names)
told = {"diploma": diploma.pk, "waiting": waiting.pk, "revoked": revoked.pk, "later": later.pk, "template": template.pk}
told["worded"] = worded.pk
told["cookies"] = {role: cookie(one) for role, one in staff.items()}
print(json.dumps(told, default=str))
"""
WORDS = {
    "fr": {
        "continue": "Continuer",
        "issue": "Émettre le document",
        "done": "Le document est émis",
        "sealed": "Scellé au nom",
    },
    "en": {
        "continue": "Continue",
        "issue": "Issue the document",
        "done": "It is issued",
        "sealed": "Sealed in the name",
    },
}
REFUSED = "status of 4(03|22)"
OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer() as running:
        yield running


@pytest.fixture(scope="module")
def made(product: RunningServer) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(product.shell(FURNISH).splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def staff(browser: Browser, product: RunningServer, made: dict[str, Any]) -> Iterator[OpenPage]:
    """``staff("issuer", "en", width=360)`` is that person's browser, signed in, in that language."""
    guards: list[Guard] = []
    with ExitStack() as stack:

        def open_page(role: str = "issuer", language: str = "fr", *, width: int = 1280, script: bool = True) -> Page:
            context, guard = new_context(browser, product.origin, language=language, width=width)
            if not script:
                context.close()
                context = browser.new_context(base_url=product.origin, java_script_enabled=False, locale="fr-CA")
                guard.watch(context)
            guard.expect(REFUSED)
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
    documents = {name: f"documents/{made[name]}/" for name in ("diploma", "waiting", "revoked", "later")}
    diploma = documents["diploma"]
    return [
        *("", "?of=consulted&by=month", "documents/", "documents/?q=tremblay&status=revoked", "documents/?q=rien"),
        *(*documents.values(), f"{diploma}?version=1", f"{diploma}issued/"),
        *(f"{diploma}revoke/", f"{diploma}address/", f"{diploma}update/", f"{diploma}update/{made['template']}/"),
        *("documents/new/", "documents/new/pdf/", f"documents/new/template/{made['template']}/"),
    ]


@pytest.mark.parametrize(("language", "width", "scheme"), [("fr", 360, "dark"), ("en", 1280, "light")])
def test_trust_39_every_page_is_accessible_and_fits_also_enlarged(
    language: str, width: int, scheme: str, staff: OpenPage, made: dict[str, Any]
) -> None:
    page = staff("issuer", language, width=width)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in addresses(made):
        page.goto(DESK + address)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        axe(page)
        fits(page)
        fits_at(page, ENLARGED)


def test_a_word_that_no_line_holds_widens_no_page(staff: OpenPage, made: dict[str, Any]) -> None:
    page, there = staff(), f"documents/{made['worded']}/"
    for address in ("documents/", *(there + part for part in ("", "issued/", "update/", "revoke/", "address/"))):
        page.goto(DESK + address)
        for width in (360, 800, 1280):
            fits_at(page, width)


def test_who_may_not_is_told_who_may(staff: OpenPage) -> None:
    page = staff("reader")
    page.goto(f"{DESK}documents/new/")
    expect(page.get_by_text("Votre rôle ne le permet pas").first).to_be_visible()
    axe(page)
    fits(page)


def press(target: Locator) -> None:
    target.focus()
    target.press("Enter")


def pdf(name: str) -> dict[str, Any]:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": make_pdf(pages=3, text=name)}


@pytest.mark.parametrize(("language", "width"), [("fr", 1280), ("en", 360)])
def test_a_document_is_issued_by_keyboard(language: str, width: int, staff: OpenPage) -> None:
    """The file's own dialogue is the browser's; all the rest by keyboard."""
    words, page = WORDS[language], staff("issuer", language, width=width)
    page.goto(f"{DESK}documents/new/pdf/")
    page.locator("#id_learner_name").focus()
    page.keyboard.type("Ève Côté")
    page.keyboard.press("Tab")
    page.keyboard.type(f"eve-{language}@example.org")
    page.locator("#id_pdf").set_input_files(pdf(f"Diplôme {language}"))  # type: ignore[arg-type]
    press(page.get_by_role("button", name=words["continue"]))
    expect(page.locator(".error-summary li")).to_have_count(2)
    expect(page.locator(".upload")).to_contain_text(f"Diplôme {language}.pdf")
    axe(page)
    for field in ("title_fr", "title_en"):
        page.locator(f"#id_{field}").fill("Diplôme")
    press(page.get_by_role("button", name=words["continue"]))
    expect(page.locator(".sheet img")).to_have_count(2)
    axe(page)
    fits(page)
    press(page.get_by_role("button", name=words["issue"]))
    expect(page.locator("h1")).to_have_text(words["done"])
    expect(page.get_by_text(words["sealed"])).to_be_visible()
    axe(page)


def test_a_document_is_updated_and_revoked_without_javascript(staff: OpenPage, made: dict[str, Any]) -> None:
    page = staff(script=False)
    page.goto(f"{DESK}documents/?q=tremblay")
    page.get_by_role("link", name="Relevé de notes").last.click()
    page.get_by_role("link", name="Mettre à jour").click()
    page.locator("[name=pdf]").set_input_files(pdf("Corrigé"))  # type: ignore[arg-type]
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(".error-summary li")).to_have_count(1)
    page.locator("[name=reason]").fill("Note corrigée")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Mettre le document à jour").click()
    expect(page.locator(".messages")).to_contain_text("est mis à jour")
    page.get_by_role("link", name="Révoquer").click()
    page.locator("[name=reason]").fill("Émis à la mauvaise personne")
    page.get_by_role("button", name="Révoquer le document").click()
    expect(page.locator(".messages")).to_contain_text("est révoqué")
    expect(page.locator(".sheet")).to_have_count(0)


def test_the_list_answers_as_one_types_and_chooses(staff: OpenPage) -> None:
    page = staff()
    page.goto(f"{DESK}documents/")
    page.get_by_role("searchbox").press_sequentially("citoy")
    expect(page.locator("a.row-link")).to_have_count(1)
    assert "q=citoy" in page.url
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Statut").select_option("expired")
    expect(page).to_have_url(re.compile("status=expired"))
    expect(page.locator("a.row-link")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger cette liste").click()
    assert download.value.suggested_filename.endswith(".csv")
