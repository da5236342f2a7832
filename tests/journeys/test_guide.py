"""The guide "Consulter et gérer un partage", row by row, in French and in English, with a second browser that looks."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Guard, axe
from tests.harness.pdfs import make_pdf
from tests.harness.server import RunningServer
from tests.journeys.conftest import NewPage


@dataclass(frozen=True)
class Words:
    """What people are trained on (the guide's French, and its English twin)."""

    shares: str
    facts: tuple[str, ...]
    na: str
    none: str
    enabled: str
    disabled: str
    back: str
    enable: str
    disable: str
    edit: str
    cancel: str
    save: str
    resend: str
    copy: str
    activity: str
    documents_head: tuple[str, ...]
    activity_head: tuple[str, ...]
    shared: str
    continues: str
    share: str
    see: str
    send_code: str
    code: str
    open: str
    one_document: str
    viewed: str


FRENCH = Words(
    shares="Partages",
    facts=(
        "Nom du partage",
        "Destinataire",
        "But du partage",
        "Référence",
        "Date d’expiration",
        "Nombre de consultations",
        "Date de création",
        "Date de la dernière consultation",
        "Statut",
        "Partager l’URL",
        "NIP",
    ),
    na="S.\u00a0O.",
    none="Aucun",
    enabled="Activé",
    disabled="Désactivé",
    back="Retour",
    enable="Activer",
    disable="Désactiver",
    edit="Modifier",
    cancel="Annuler",
    save="Sauvegarder",
    resend="Renvoyer le courriel",
    copy="Copier le lien",
    activity="Consulter l’activité",
    documents_head=("Organisme", "Document", "Émis", "Statut"),
    activity_head=("Date", "Description", "Effectué par", "Destinataire"),
    shared=r"Vous avez partagé votre document avec {recipient} le \d+(er)? \w+ \d{{4}}\.",
    continues="Continuer",
    share="Partager",
    see="Voir le partage",
    send_code="M’envoyer un code",
    code="Code",
    open="Ouvrir",
    one_document="Total de 1 document",
    viewed="a été consulté",
)
ENGLISH = Words(
    shares="Shares",
    facts=(
        "Share name",
        "Recipient",
        "Purpose of share",
        "Reference",
        "Expiry date",
        "Views",
        "Created",
        "Last viewed",
        "Status",
        "Share URL",
        "PIN",
    ),
    na="N/A",
    none="None",
    enabled="Enabled",
    disabled="Disabled",
    back="Back",
    enable="Enable",
    disable="Disable",
    edit="Edit",
    cancel="Cancel",
    save="Save",
    resend="Resend email",
    copy="Copy link",
    activity="View activity",
    documents_head=("Organization", "Document", "Issued", "Status"),
    activity_head=("Date", "Description", "Performed by", "Recipient"),
    shared=r"You shared your document with {recipient} on \w+ \d+, \d{{4}}\.",
    continues="Continue",
    share="Share",
    see="See the share",
    send_code="Send me a code",
    code="Code",
    open="Open",
    one_document="1 document in total",
    viewed="was viewed",
)


@pytest.fixture
def words(language: str) -> Words:
    return FRENCH if language == "fr" else ENGLISH


def test_guide_01_to_09_a_share_is_consulted_and_managed(
    learner_page: Page, new_page: NewPage, words: Words, language: str
) -> None:
    page, name, mailbox = learner_page, f"Partage01-{language}", f"jeanne-{language}@receveur.example"
    _share_by_mail(page, words, name, mailbox)

    page.get_by_role("navigation").get_by_role("link", name=words.shares, exact=True).click()  # 01
    row = page.get_by_role("row", name=re.compile(re.escape(name)))  # 02
    expect(row.get_by_role("switch")).to_be_checked()
    row.get_by_role("link", name=name).click()

    assert tuple(page.locator("dl.facts > div > dt").all_inner_texts())[:11] == words.facts  # 03
    expect(page.get_by_text(re.compile(words.shared.format(recipient=re.escape(mailbox))))).to_be_visible()
    assert _fact(page, words, 0) == name
    assert [_fact(page, words, n) for n in (2, 4, 5, 7)] == [words.na, words.na, "0", words.na]
    assert _fact(page, words, 10) == words.none
    expect(page.get_by_role("button", name=words.copy)).to_be_visible()
    axe(page)
    url = page.get_by_label(words.facts[9]).first.input_value()

    _consult(new_page(), page, words, url, mailbox)  # a second browser looks
    page.reload()
    assert _fact(page, words, 5) == "1"
    assert re.search(r"\d{4}", _fact(page, words, 7))

    assert tuple(page.locator("#documents th[scope=col]").all_inner_texts()) == words.documents_head  # 04
    assert tuple(page.locator("#activity th[scope=col]").all_inner_texts()) == words.activity_head
    expect(page.get_by_text(words.one_document)).to_be_visible()
    expect(page.locator("#activity").get_by_text(words.viewed)).to_be_visible()

    _edit(page, words, name)  # 05, 06
    _switch(page, words)  # 07, 08

    page.get_by_role("button", name=words.resend).first.click()  # 09
    expect(page.get_by_role("status").filter(has_text=mailbox)).to_be_visible()
    assert _letters(page, mailbox) >= 3  # invitation, code, invitation again


def test_guide_10_a_live_share_shows_the_update_and_an_expired_one_does_not(
    demonstration: RunningServer,
    learner_page: Page,
    new_page: NewPage,
    words: Words,
    language: str,
    guards: list[Guard],
) -> None:
    owner = "zoe@example.org" if language == "fr" else "alex@example.org"
    document, live, expired, mail = _issued_and_shared(demonstration, owner, language)
    corrected = demonstration.folder / f"corrected-{language}.pdf"
    corrected.write_bytes(make_pdf(pages=1, text="Corrected"))
    before = _visit(new_page(), live, words)
    expect(before.locator(".pill").filter(has_text=_updated(language))).to_have_count(0)
    demonstration.manage("update-document", document, str(corrected), "--reason", "Correction")
    before.reload()
    expect(before.locator(".pill").filter(has_text=_updated(language)).first).to_be_visible()
    for guard in guards:
        guard.expect("status of 404")
    closed = new_page()
    guards[-1].expect("status of 404")
    answer = closed.goto(expired)
    assert answer is not None and answer.status == 404

    learner_page.goto(mail)
    resend = learner_page.get_by_role("button", name=words.resend)
    notice = learner_page.locator(".notice").filter(has=resend)
    expect(notice).to_be_visible()
    notice.get_by_role("button", name=words.resend).click()
    expect(learner_page.locator(".notice").filter(has=learner_page.locator("form[action*=resend]"))).to_have_count(0)


def test_guide_11_each_document_says_whom_to_ask(learner_page: Page, new_page: NewPage) -> None:
    learner_page.locator("main a[href^='/documents/'][href*='-']").first.click()
    expect(learner_page.locator("main a[href^='mailto:']").first).to_be_visible()
    axe(learner_page)


def _share_by_mail(page: Page, words: Words, name: str, mailbox: str) -> None:
    page.goto("/documents/")
    page.locator("main a[href^='/documents/'][href*='-']").first.click()
    page.locator("main a[href^='/shares/new/']").first.click()
    page.locator("input[name=channel][value=email]").check()
    page.get_by_role("button", name=words.continues).click()
    page.locator("textarea[name=recipients]").fill(mailbox)
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name=words.continues).click()
    page.locator("main form[method=post]").get_by_role("button", name=words.share, exact=True).click()
    page.get_by_role("link", name=words.see).first.click()


def _fact(page: Page, words: Words, number: int) -> str:
    return page.locator("dl.facts > div > dd").nth(number).inner_text().strip()


def _consult(recipient: Page, owner: Page, words: Words, url: str, mailbox: str) -> None:
    recipient.goto(url)
    axe(recipient)
    recipient.get_by_role("button", name=words.send_code).click()
    recipient.locator("input[name=code]").fill(_code(owner, mailbox))
    recipient.locator("input[name=code]").press("Enter")
    recipient.wait_for_url(re.compile(r"/visits/[0-9a-f-]{36}/$"))
    assert "/s/" not in recipient.url
    expect(recipient.locator("main img").first).to_be_visible()
    axe(recipient)


def _code(owner: Page, mailbox: str) -> str:
    """The code that the demonstration's outbox shows for this mailbox."""
    for _attempt in range(40):
        owner.goto("/_mail/")
        for letter in owner.get_by_role("row").filter(has_text=mailbox).get_by_role("link").all()[:1]:
            letter.click()
            if found := re.search(r"\b(\d{4})\s?(\d{4})\b", owner.locator("main").inner_text()):
                owner.goto("/shares/")
                owner.get_by_role("link", name=re.compile("Partage01-")).first.click()
                return found[1] + found[2]
        owner.wait_for_timeout(250)
    raise AssertionError(f"No code was sent to {mailbox}")


def _letters(page: Page, mailbox: str) -> int:
    page.goto("/_mail/")
    return page.get_by_role("row").filter(has_text=mailbox).count()


def _edit(page: Page, words: Words, name: str) -> None:
    page.get_by_role("link", name=words.edit, exact=True).click()
    page.locator("input[name=purpose]").fill("Jamais")
    page.get_by_role("link", name=words.cancel).click()
    assert _fact(page, words, 2) == words.na
    page.get_by_role("link", name=words.edit, exact=True).click()
    typed = {"name": f"{name}-bis", "purpose": "Admission", "reference": "DA-2026-17", "pin": "24680"}
    for field, value in typed.items():
        page.locator(f"input[name={field}]").fill(value)
    page.locator("input[type=date]").fill("2031-06-30")
    page.get_by_role("button", name=words.save).click()
    facts = [_fact(page, words, n) for n in (0, 2, 3)]
    assert facts == [f"{name}-bis", "Admission", "DA-2026-17"]
    assert re.search(r"30.*2031", _fact(page, words, 4))
    assert words.none not in _fact(page, words, 10)


def _switch(page: Page, words: Words) -> None:
    page.get_by_role("button", name=words.disable, exact=True).click()
    assert words.disabled in _fact(page, words, 8)
    enable = page.get_by_role("button", name=words.enable, exact=True)
    expect(enable).to_have_class(re.compile("button-primary"))
    expect(page.get_by_role("button", name=words.resend)).to_have_count(0)
    enable.click()
    assert words.enabled in _fact(page, words, 8)


ISSUED_AND_SHARED = """
from datetime import date, timedelta
from django.utils import timezone
from attesta.accounts.models import Person
from attesta.credentials import actions as credentials
from attesta.organizations.models import Organization
from attesta.shares import actions, links
from attesta.shares.models import Channel, Share
from tests.harness.pdfs import make_pdf
owner = Person.objects.get(email="{owner}")
made = credentials.issue(issuer=Organization.objects.filter(is_issuer=True).first(), learner_email=owner.email,
    title_fr="Relevé {language}", title_en="Transcript {language}", issued_on=date(2026, 5, 1), pdf=make_pdf(pages=1))
def share(**options):
    options.setdefault("channel", Channel.LINK)
    offer = actions.Offer(name="Mise à jour", language="{language}", **options)
    return actions.create(by=owner, credentials=[made], offer=offer)[0]
live, closed, mail = share(), share(), share(channel=Channel.EMAIL, recipients=["update@receveur.example"])
Share.objects.filter(pk=closed.pk).update(expires_at=timezone.now() - timedelta(days=1))
print(made.id, links.of_recipient(live), links.of_recipient(closed), links.of_owner(mail))
"""


def _issued_and_shared(product: RunningServer, owner: str, language: str) -> tuple[str, str, str, str]:
    document, live, expired, mail = (
        product.shell(ISSUED_AND_SHARED.format(owner=owner, language=language)).splitlines()[-1].split()
    )
    return document, live, expired, mail


def _visit(page: Page, url: str, words: Words) -> Page:
    page.goto(url)
    page.locator("main form").get_by_role("button", name=re.compile(words.open)).click()
    page.wait_for_url(re.compile("/visits/"))
    return page


def _updated(language: str) -> str:
    return "Mis à jour" if language == "fr" else "Updated"
