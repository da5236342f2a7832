"""A document from the desk to a stranger’s screen, by keyboard: issued, updated, revoked, forged, and verified."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Guard
from tests.harness.pdfs import make_pdf
from tests.journeys.conftest import NewPage
from tests.journeys.keyboard import choose_file, press, reach, sign_in_as_staff, submit, write

pytestmark = pytest.mark.timeout(600)

DESK = "/issuer/grandes-marees/"


@pytest.fixture
def staff(language: str) -> str:
    return "registrar@example.org" if language == "fr" else "deputy@example.org"


def test_a_document_is_issued_updated_and_revoked_and_each_file_tells_how_it_stands(
    page: Page, new_page: NewPage, staff: str, language: str, guards: list[Guard]
) -> None:
    sign_in_as_staff(page, staff)
    guards[0].expect("status of 422")  # a form that is not right yet
    number = f"ESSAI-{language}"
    document = issue_one(page, language, number)
    first = download(page, document)
    anyone = new_page()
    assert answer(anyone, first) == "good"
    update(page, document, language)
    second = download(page, document)
    assert [answer(anyone, first), answer(anyone, second)] == ["attention", "good"]
    assert answer(anyone, flipped(second)) == "bad"
    assert answer(anyone, make_pdf(text="Not sealed")) == "unknown"
    revoke(page, document, language)
    assert answer(anyone, second) == "bad"


def issue_one(page: Page, language: str, number: str) -> str:
    """Where its page is."""
    page.goto(DESK)
    press(page, page.locator(f"main a[href='{DESK}documents/new/']").first)
    press(page, page.locator(f"main a[href='{DESK}documents/new/pdf/']").first)
    write(page, "learner_name", "Zoé Citoyenne")
    write(page, "learner_email", "not an address")
    choose_file(page, "pdf", make_pdf(text=f"Essai {language}"), as_name="essai.pdf")
    typed = {"title_fr": "Attestation d’essai", "title_en": "Trial letter", "number": number}
    for name, text in typed.items():
        write(page, name, text)
    submit(page)
    assert page.locator("[name=title_fr]").input_value() == typed["title_fr"]  # what was typed is kept
    write(page, "learner_email", "zoe@example.org")
    submit(page)
    submit(page)
    return re.sub(r"issued/$", "", page.url)


def download(page: Page, document: str) -> bytes:
    page.goto(document)
    reach(page, page.locator("main form[action*='/file/'] button").first)
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    return started.value.path().read_bytes()


def update(page: Page, document: str, language: str) -> None:
    page.goto(document)
    press(page, page.locator("main a[href*='/update/']").first)
    choose_file(page, "pdf", make_pdf(text=f"Essai corrigé {language}"), as_name="corrige.pdf")
    write(page, "reason", "Nom corrigé")
    submit(page)
    submit(page)
    page.goto(document)
    expect(page.locator("main .pill").first).to_have_text(re.compile("Mis à jour" if language == "fr" else "Updated"))


def revoke(page: Page, document: str, language: str) -> None:
    page.goto(document)
    press(page, page.locator("main a[href$='/revoke/']").first)
    write(page, "reason", "Émis par erreur")
    reach(page, page.locator("main input[name=shown]").first)
    page.locator("main input[name=shown][value=all]").check()
    press(page, page.locator("main form button[type=submit], main form button:not([type])").first)
    page.goto(document)
    expect(page.locator("main .pill").first).to_have_text(re.compile("Révoqué" if language == "fr" else "Revoked"))


def answer(anyone: Page, pdf: bytes) -> str:
    """What the sentence at the top looks like at the verifier's door: good, attention, bad or unknown."""
    anyone.goto("/verify/")
    choose_file(anyone, "file", pdf, as_name="document.pdf")
    submit(anyone)
    return str(anyone.locator("main .verdict").get_attribute("class")).rpartition("verdict-")[2]


def flipped(pdf: bytes) -> bytes:
    """One bit, in the middle."""
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
