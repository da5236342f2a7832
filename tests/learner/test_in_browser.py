"""The learner's pages in a real browser: accessible, never too wide, whole without JavaScript, smoother with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.browser import ENLARGED, Guard, axe, fits, fits_at, new_context, running_browser, sign_in
from tests.harness.server import RunningServer

FURNISH = """
import json
from datetime import timedelta
from django.utils import timezone
from attesta.credentials import actions as credentials
from attesta.credentials.tasks import render_pending
from attesta.shares import actions
from attesta.shares.actions import Offer
from attesta.shares.models import AccessRequest, Channel, Share
from tests.harness import cast
from tests.harness.pdfs import make_pdf
zoe = cast.zoe()
diploma = cast.diploma(zoe, cast.institution())
other = cast.diploma(zoe, cast.other_institution())
def share(name, **fields):
    offer = Offer(**{"name": name, "channel": Channel.LINK, "language": "fr"} | fields)
    return actions.create(by=zoe, credentials=[diploma, other], offer=offer)[0]
mail = share("Courriel", channel=Channel.EMAIL, recipients=["jury@example.org"], pin="2468")
link = share("Lien dans mon curriculum vitæ")
closed = share("Fermé")
long = share("W" * 100, **dict.fromkeys(["recipient_name", "purpose", "reference"], "W" * 100))
Share.objects.filter(pk=closed.pk).update(expires_at=timezone.now() - timedelta(days=1))
asker = {"name": "Ami", "email": "ami@example.org", "message": "Merci"}
AccessRequest.objects.create(share=closed, created_at=timezone.now(), **asker)
credentials.update(credential=diploma, pdf=make_pdf(pages=2, text="Version corrigée"), reason="Mention ajoutée")
render_pending()
print(json.dumps({"document": str(diploma.pk), "mail": str(mail.pk), "link": str(link.pk), "closed": str(closed.pk),
    "long": str(long.pk)}))
"""
OpenPage = Callable[..., Page]
TABLET = 800  # pixels

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer() as running:
        yield running


@pytest.fixture(scope="module")
def ids(product: RunningServer) -> dict[str, str]:
    made: dict[str, str] = json.loads(product.shell(FURNISH).splitlines()[-1])
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def zoes(browser: Browser, product: RunningServer, ids: dict[str, str]) -> Iterator[OpenPage]:
    """``zoes("en", width=360)`` is Zoé's browser, signed in, in that language."""
    guards: list[Guard] = []
    with ExitStack() as stack:

        def make(language: str = "fr", *, width: int = 1280, script: bool = True) -> Page:
            context, guard = new_context(browser, product.origin, language=language, width=width)
            if not script:
                context.close()
                context = browser.new_context(base_url=product.origin, java_script_enabled=False, locale="fr-CA")
                guard.watch(context)
            stack.callback(context.close)
            guards.append(guard)
            page = context.new_page()
            sign_in(page, "zoe@example.org")
            if page.locator("html").get_attribute("lang") != language:
                page.locator("form.language button").click()
            return page

        yield make
        for guard in guards:
            guard.verify()


def addresses(ids: dict[str, str]) -> list[str]:
    document, share = f"/documents/{ids['document']}/", f"/shares/{ids['link']}/"
    new = f"/shares/new/?document={ids['document']}"
    return [
        *("/documents/", "/documents/?view=list", "/documents/?q=rien", document, f"{document}?version=1"),
        *("/shares/", "/shares/?status=enabled", share, f"{share}edit/", f"{share}preview/", f"{share}renew/confirm/"),
        *(f"/shares/{ids['mail']}/", f"/shares/{ids['closed']}/"),
        *(f"/shares/{ids['long']}/{part}" for part in ("", "edit/", "preview/", "renew/confirm/")),
        *("/shares/new/", new, f"{new}&channel=email", f"{new}&channel=link"),
    ]


@pytest.mark.parametrize(("language", "width", "scheme"), [("fr", 360, "dark"), ("en", 1280, "light")])
def test_trust_39_every_page_is_accessible_and_fits_also_enlarged(
    language: str, width: int, scheme: str, zoes: OpenPage, ids: dict[str, str]
) -> None:
    page = zoes(language, width=width)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in addresses(ids):
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        axe(page)
        fits(page)
        fits_at(page, ENLARGED)
        fits_at(page, TABLET)


def test_a_share_is_made_and_stopped_without_javascript(zoes: OpenPage) -> None:
    page = zoes(script=False)
    page.goto("/documents/")
    for box in page.locator("#wallet [type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Partager la sélection").click()
    page.locator("[name=channel][value=link]").check()
    page.get_by_role("button", name="Continuer").click()
    page.locator("[name=name]").fill("Sans script")
    page.locator("[name=pin]").fill("1")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(".error-summary li")).to_have_text(["NIP – Un NIP compte de 4 à 12 chiffres."])
    page.locator("[name=pin]").fill("482107")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Partager", exact=True).click()
    expect(page.locator("#share-url")).to_have_value(re.compile(r"/s/[\w-]{27}$"))
    page.goto("/shares/?q=script")
    page.get_by_role("switch", name="Sans script").click()
    assert page.url.endswith("/shares/?q=script")
    expect(page.get_by_role("switch", name="Sans script")).not_to_be_checked()


def test_who_uses_the_keyboard_goes_on_from_what_was_done(zoes: OpenPage, ids: dict[str, str]) -> None:
    page = zoes()
    page.goto(f"/shares/{ids['mail']}/")
    for button in ("Désactiver", "Activer"):
        page.get_by_role("button", name=button, exact=True).press("Enter")
        expect(page.locator(".messages")).to_be_focused()
    page.goto("/shares/")
    switch = page.locator(f"#switch-{ids['link']}")
    switch.press("Space")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    switch.press("Enter")
    expect(switch).to_be_checked()


def test_lists_answer_as_one_types(zoes: OpenPage) -> None:
    page = zoes()
    page.goto("/shares/")
    page.get_by_role("searchbox").press_sequentially("curriculum")
    expect(page.locator("a.row-link")).to_have_text(["Lien dans mon curriculum vitæ"])
    assert "q=curriculum" in page.url
    page.goto("/documents/")
    page.get_by_label("Sélectionner Diplôme de baccalauréat").first.check()
    page.get_by_role("searchbox").press_sequentially("introuvable")
    expect(page.get_by_text("Aucun document ne correspond")).to_be_visible()
    expect(page.get_by_text("Aussi sélectionnés")).to_be_visible()


def test_the_link_is_copied(zoes: OpenPage, ids: dict[str, str]) -> None:
    page = zoes()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/shares/{ids['link']}/")
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#share-url").input_value()


def test_lists_are_short_on_a_telephone(zoes: OpenPage, ids: dict[str, str]) -> None:
    """A row is a few lines, the banner two: no more than these heights, in pixels, when 360 are wide."""
    page = zoes("fr", width=360)
    page.goto("/shares/")
    assert height(page, ".banner") <= 112
    assert height(page, f"#share-{ids['mail']}") <= 140
    page.goto("/documents/")
    assert height(page, ".document-card") <= 160


def test_the_banner_of_a_tablet_is_one_line(zoes: OpenPage) -> None:
    page = zoes("fr", width=769)
    page.goto("/shares/")
    assert height(page, ".banner") <= 72


def height(page: Page, place: str) -> float:
    box = page.locator(place).first.bounding_box()
    assert box is not None
    return box["height"]
