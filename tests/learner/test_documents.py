"""The wallet and a document's page: found, read, downloaded, its institution asked (guide steps 10 and 11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.credentials import actions as credentials
from attesta.credentials import tasks
from attesta.credentials.models import Credential
from attesta.learner.views import documents as list_view
from attesta.organizations.models import Organization
from attesta.shares import links
from attesta.shares.models import Share
from attesta.web import sheets
from tests.harness.pdfs import make_pdf
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare

QUERIES = 4  # session, person, documents with their institutions, live shares


def issue(institution: Organization, title: str, *, day: int = 1, pages: int = 1, **more: Any) -> Credential:
    return credentials.issue(
        issuer=institution,
        learner_email="zoe@example.org",
        title_fr=title,
        title_en=f"{title} (English)",
        issued_on=date(2024, 3, day),
        pdf=make_pdf(text=title, pages=pages),
        **more,
    )


def titles(response: Any) -> list[str]:
    return [title.text for title in reading.main(response).all("h2", class_="document-title")]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("view", ["grid", "list"])
def test_a_document_more_costs_no_query_more(
    view: str,
    count: int,
    zoe: Person,
    institution: Organization,
    browser: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        issue(institution, f"Titre {number}")
    browser.get("/livez")
    with django_assert_num_queries(QUERIES):
        response = browser.get(f"/documents/?view={view}")
    found = titles(response) if view == "grid" else reading.rows(response, "Documents")
    assert len(found) == count


def test_a_card_tells_what_the_document_is(
    share_of: MakeShare, diploma: Credential, browser: Client, zoe: Person
) -> None:
    share_of()
    share_of(expires_at=timezone.now() + timedelta(days=1))
    Share.objects.filter(pk=share_of().pk).update(enabled=False)
    [card] = reading.main(browser.get("/documents/")).all("article")
    assert card.text == (
        "Sélectionner Diplôme de baccalauréat Université du Fleuve Diplôme de baccalauréat Émis le 22 mars 2024 "
        "Disponible 2 partages actifs"
    )
    assert [image.attributes["src"] for image in card.all("img")] == [f"/documents/{diploma.pk}/pages/1/"]
    Person.objects.filter(pk=zoe.pk).update(language="en")
    assert titles(browser.get("/documents/")) == ["Bachelor’s degree"]


def test_ticked_documents_are_shared_together(diploma: Credential, institution: Organization, browser: Client) -> None:
    other = issue(institution, "Relevé")
    [form] = reading.main(browser.get("/documents/")).all("form", id="wallet")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/documents/")
    assert {box.attributes["value"] for box in form.all("input", name="document")} == {str(diploma.pk), str(other.pk)}
    [button] = form.all("button", formaction="/shares/new/")
    assert button.text == "Partager la sélection"
    assert next(form.all("button")).text == "Rechercher"  # what Enter presses


def test_what_is_ticked_stays_ticked_while_one_searches(
    diploma: Credential, institution: Organization, browser: Client, stranger: Client
) -> None:
    other = issue(institution, "Relevé")
    query = f"/documents/?q=releve&document={diploma.pk}&document={other.pk}"
    [form] = reading.main(browser.get(query)).all("form", id="wallet")
    boxes = [(box.attributes["type"], box.attributes["value"]) for box in form.all("input", name="document")]
    assert boxes == [("hidden", str(diploma.pk)), ("checkbox", str(other.pk))]
    assert [box.has({"checked": ""}) for box in form.all("input", type="checkbox")] == [True]
    assert list(reading.main(stranger.get(query)).all("input", name="document")) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Zoologie", "École d’été", "Attestation"]),
        ("?sort=oldest", ["Attestation", "École d’été", "Zoologie"]),
        ("?sort=title", ["Attestation", "École d’été", "Zoologie"]),
        ("?q=ecole", ["École d’été"]),
        ("?q=fleuve", ["Zoologie", "École d’été", "Attestation"]),
        ("?q=rien", []),
        ("?page=9", []),
    ],
)
def test_search_and_sort(
    query: str, expected: list[str], zoe: Person, institution: Organization, browser: Client
) -> None:
    for day, title in enumerate(["Attestation", "École d’été", "Zoologie"], start=1):
        issue(institution, title, day=day)
    assert titles(browser.get(f"/documents/{query}")) == expected


def test_pages(zoe: Person, institution: Organization, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_view, "SIZE", 2)
    for day in (1, 2, 3):
        issue(institution, f"Titre {day}", day=day)
    first = browser.get("/documents/")
    second = browser.get("/documents/", turn(first, "Suivants"))
    assert (titles(first), titles(second)) == (["Titre 3", "Titre 2"], ["Titre 1"])
    assert titles(browser.get("/documents/", turn(second, "Précédents"))) == titles(first)


def turn(response: Any, label: str) -> dict[str, str]:
    """What the button of that name adds to the form."""
    [button] = [each for each in reading.main(response).all("button", name="page") if each.text == label]
    return {"page": button.attributes["value"]}


@pytest.mark.parametrize("view", ["grid", "list"])
def test_back_leads_to_the_same_page_of_the_wallet(view: str, diploma: Credential, browser: Client) -> None:
    there = f"/documents/?view={view}&q=bacc"
    opened = reading.links(browser.get(there))["Diplôme de baccalauréat"]
    assert reading.links(browser.get(opened))["Retour"] == there


def test_typing_answers_with_the_results_alone(diploma: Credential, browser: Client) -> None:
    answer = browser.get("/documents/?q=dip", headers={"HX-Request": "true", "HX-Target": "results"})
    assert list(reading.read(answer).all("html")) == []
    [results] = reading.read(answer).all("div", id="results")
    assert len(list(results.all("article"))) == 1


def test_an_empty_wallet_says_what_to_do(browser: Client) -> None:
    assert reading.links(browser.get("/documents/"))["Ajouter une adresse courriel"] == "/accounts/email/"
    nothing = browser.get("/documents/?q=rien")
    assert reading.links(nothing)["Tout afficher"] == "/documents/"


# --- the document's page -----------------------------------------------------------------------------


def page(credential: Credential) -> str:
    return f"/documents/{credential.pk}/"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            "Des questions sur ce document? Veuillez communiquer avec l’établissement qui l’a émis. "
            "Université du Fleuve Bureau du registraire registraire@fleuve.example 418 555-0100",
        ),
        (
            "en",
            "Questions about this document? Please contact the institution that issued it. "
            "River University Office of the Registrar registraire@fleuve.example 418 555-0100",
        ),
    ],
)
def test_step_11_whom_to_ask_and_how(
    language: str, expected: str, zoe: Person, diploma: Credential, browser: Client
) -> None:
    Person.objects.filter(pk=zoe.pk).update(language=language)
    sections = reading.main(browser.get(page(diploma))).all("section")
    assert [each.text for each in sections if each.has({"aria-labelledby": "issuer"})] == [expected]


def test_pages_are_pictures_with_their_text(diploma: Credential, browser: Client) -> None:
    before = browser.get(page(diploma))
    assert reading.links(before)["Texte de la page 1"] == f"{page(diploma)}pages/1/text"
    text = browser.get(f"{page(diploma)}pages/1/text")
    assert (text.headers["Content-Type"], text.content.decode().split("\n")[0].strip()) == (
        "text/plain; charset=utf-8",
        "Diplôme de baccalauréat",
    )
    tasks.render_pending()
    after = browser.get(page(diploma))
    pictures = list(reading.main(after).all("figure", class_="sheet"))
    assert [next(each.all("img")).attributes["alt"] for each in pictures] == [
        "Page 1 de Diplôme de baccalauréat",
        "Page 2 de Diplôme de baccalauréat",
    ]
    twins = [next(each.all("div", class_="sheet-text")).text for each in pictures]
    assert twins == ["Diplôme de baccalauréat Page 1", "Diplôme de baccalauréat Page 2"]


def test_a_long_document_is_read_in_parts(
    zoe: Person, institution: Organization, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    long = issue(institution, "Long", pages=5)
    last = browser.get(f"{page(long)}?page=99")
    captions = [each.text for each in reading.main(last).all("figcaption")]
    assert captions == ["Page 5 sur 5"]
    middle = browser.get(f"{page(long)}{reading.links(last)['Pages précédentes']}")
    assert [each.text for each in reading.main(middle).all("figcaption")] == ["Page 3 sur 5", "Page 4 sur 5"]


def test_an_update_shows_its_reason_and_who_was_not_told(
    spring: time_machine.Traveller, share_of: MakeShare, diploma: Credential, browser: Client
) -> None:
    mailed = share_of(name="Courriel", recipients=[ADMISSIONS])
    spring.shift(timedelta(minutes=1))
    linked = share_of(name="Lien")
    share_of(name="Expiré", expires_at=timezone.now() + timedelta(minutes=1))
    spring.shift(timedelta(minutes=2))
    credentials.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée", as_given=True)
    response = browser.get(page(diploma))
    [banner] = reading.main(response).all("div", class_="notice")
    assert banner.text == (
        "Ce document a été mis à jour Mis à jour le 22 mars 2024. Motif indiqué : Mention ajoutée "
        "Vous n’avez rien à payer ni à partager de nouveau : tous vos partages qui n’ont pas expiré montrent déjà la "
        "nouvelle version. Les organismes participants sont informés d’une mise à jour. Les autres destinataires ne le "
        "sont pas : renvoyez-leur le courriel ou le lien s’ils doivent le savoir."
    )
    waiting = list(reading.main(response).all("li", class_="untold"))
    assert [next(line.all("a")).text for line in waiting] == ["Lien", "Courriel"]
    assert next(waiting[0].all("button")).attributes["data-text"] == links.of_recipient(linked)
    answer = browser.post(f"/shares/{mailed.pk}/resend/", {"next": page(diploma)}, follow=True)
    assert answer.redirect_chain == [(page(diploma), 302)]
    left = reading.main(answer).all("li", class_="untold")
    assert [next(line.all("a")).text for line in left] == ["Lien"]


def test_older_versions_can_be_seen(diploma: Credential, browser: Client, stranger: Client) -> None:
    credentials.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée", as_given=True)
    current = browser.get(page(diploma))
    assert reading.links(current)["Version 1"] == "?version=1"
    older = browser.get(f"{page(diploma)}?version=1")
    assert reading.notices(older) == ["Ceci est une version antérieure"]
    assert "Partager" not in reading.links(older)
    [first, _second] = reading.main(older).all("img")
    assert first.attributes["src"] == f"{page(diploma)}pages/1/?version=1"
    assert browser.get(f"{page(diploma)}file/?version=1").content == make_pdf(pages=2, text="Diplôme de baccalauréat")
    assert browser.get(f"{page(diploma)}file/").content == make_pdf(text="Corrigé")
    assert browser.get(f"{page(diploma)}?version=7").status_code == 404
    assert stranger.get(f"{page(diploma)}file/?version=1").status_code == 404


@pytest.mark.parametrize("shown", [True, False])
def test_a_revoked_document_is_a_tombstone(
    shown: bool, share_of: MakeShare, diploma: Credential, browser: Client
) -> None:
    share_of()
    credentials.revoke(credential=diploma, reason="Émis par erreur", shown=shown)
    response = browser.get(page(diploma))
    assert reading.notices(response) == ["Ce document a été révoqué"]
    assert ("Motif indiqué : Émis par erreur" in reading.main(response).text) == shown
    assert (list(reading.main(response).all("img")), "Partager" in reading.links(response)) == ([], False)
    for part in ("pages/1/", "pages/1/text", "file/", "file/?version=1"):
        assert browser.get(f"{page(diploma)}{part}").status_code == 404
    [card] = reading.main(browser.get("/documents/")).all("article")
    assert (list(card.all("input")), list(card.all("img"))) == ([], [])


def test_the_credentials_own_expiry_is_worded_apart(zoe: Person, institution: Organization, browser: Client) -> None:
    expired = issue(institution, "Permis", expires_on=date(2024, 3, 20))
    assert reading.notices(browser.get(page(expired))) == ["Titre expiré"]


def test_shares_of_it_stand_beside_it(share_of: MakeShare, diploma: Credential, browser: Client) -> None:
    share = share_of(recipients=[ADMISSIONS])
    [line] = reading.main(browser.get(page(diploma))).all("li", class_="share-line")
    assert line.text == f"Partage01 {ADMISSIONS} · 0 consultation Activé"
    assert next(line.all("a")).attributes["href"] == f"/shares/{share.pk}/"


def test_the_file_is_the_one_that_was_issued(diploma: Credential, browser: Client) -> None:
    response = browser.get(f"{page(diploma)}file/")
    assert response.content == make_pdf(pages=2, text="Diplôme de baccalauréat")
    assert {name: response.headers[name] for name in GUARD} == GUARD
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="diplome-de-baccalaureat.pdf"; '
        "filename*=UTF-8''Dipl%C3%B4me%20de%20baccalaur%C3%A9at.pdf"
    )


GUARD = {
    "Content-Type": "application/pdf",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


@pytest.mark.parametrize("part", ["pages/1/", "pages/1/text", "file/"])
def test_bytes_are_stored_by_no_cache(part: str, diploma: Credential, browser: Client) -> None:
    headers = browser.get(f"{page(diploma)}{part}").headers
    guard = {name: value for name, value in GUARD.items() if name != "Content-Type"}
    assert {name: headers[name] for name in guard} == guard


@pytest.mark.parametrize("part", ["pages/3/", "pages/0/", "pages/99999999999999999999/", "pages/3/text"])
def test_pages_that_do_not_exist(part: str, diploma: Credential, browser: Client) -> None:
    assert browser.get(f"{page(diploma)}{part}").status_code == 404
