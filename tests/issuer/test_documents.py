"""The list of documents and one document's life, as staff of its institution see them; nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions, searching
from attesta.credentials.models import Credential
from attesta.issuer.templatetags.issuer import file_size
from attesta.issuer.views import documents as view
from attesta.organizations.models import Organization
from attesta.shares import actions as sharing
from attesta.shares.actions import Offer
from attesta.shares.models import Channel
from tests.harness.pdfs import make_pdf
from tests.issuer.conftest import Issue
from tests.learner import reading

QUERIES = 4  # session, person, membership with its institution and factor, documents


def titles(response: Any) -> list[str]:
    return [row[1].split(" ")[0] for row in reading.rows(response, "Documents")]


@pytest.mark.parametrize("count", [1, 3])
def test_a_document_more_costs_no_query_more(
    count: int, issue: Issue, readers: Client, desk: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        issue("Zoé Citoyenne")
    readers.get("/livez")
    with django_assert_num_queries(QUERIES):
        response = readers.get(f"{desk}documents/")
    assert len(reading.rows(response, "Documents")) == count


def test_a_row_tells_what_it_is_and_who_has_it(issue: Issue, readers: Client, desk: str, diploma: Credential) -> None:
    waiting = issue("Ève Tremblay", email="eve@example.org", number="2024-7")
    rows = reading.rows(readers.get(f"{desk}documents/"), "Documents")
    assert rows == [
        ["Diplôme 2024-7", "Ève Tremblay eve@example.org", "22 mars 2024", "En attente", "Disponible"],
        ["Diplôme de baccalauréat", "Zoé Citoyenne zoe@example.org", "22 mars 2024", "Reçu", "Disponible"],
    ]
    assert reading.links(readers.get(f"{desk}documents/"))["Diplôme"] == f"{desk}documents/{waiting.pk}/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Zoé", "Alex", "Ève"]),
        ("?q=trem", ["Alex", "Ève"]),
        ("?q=eve+trem", ["Ève"]),
        ("?q=p3@example.org", ["Zoé"]),
        ("?q=2024-0002", ["Alex"]),
        ("?q=rien", []),
        ("?status=revoked", ["Alex"]),
        ("?status=available", ["Zoé", "Ève"]),
        ("?status=updated", []),
        ("?status=expired", []),
        ("?held=claimed", []),
        ("?held=waiting", ["Zoé", "Ève"]),
        ("?held=scheduled", []),
        ("?since=2024-03-23", ["Zoé"]),
        ("?until=2024-03-22", ["Ève", "Alex"]),
        ("?since=rien&status=rien&held=rien&sort=rien&after=rien", ["Zoé", "Alex", "Ève"]),
        ("?sort=oldest&q=trem&status=available", ["Ève"]),
    ],
)
def test_words_and_filters(query: str, expected: list[str], issue: Issue, readers: Client, desk: str) -> None:
    issue("Ève Tremblay", number="2024-0001")
    revoked = issue("Alex Tremblay", number="2024-0002", email="p2@example.org", issued_on=date(2024, 3, 21))
    issue("Zoé Citoyenne", number="2024-0003", email="p3@example.org", issued_on=date(2024, 3, 23))
    actions.revoke(credential=revoked, reason="Erreur", shown=False)
    assert titles(readers.get(f"{desk}documents/{query}")) == expected


def test_pages_go_on_and_back(issue: Issue, readers: Client, desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "SIZE", 2)
    for name in ("Anne", "Béa", "Chloé"):
        issue(name)
    first = readers.get(f"{desk}documents/")
    second = readers.get(f"{desk}documents/{reading.links(first)['Suivants']}")
    assert (titles(first), titles(second)) == (["Chloé", "Béa"], ["Anne"])
    assert titles(readers.get(f"{desk}documents/{reading.links(second)['Précédents']}")) == ["Chloé", "Béa"]


def test_the_way_back_from_a_document_leads_to_the_same_page_of_the_list(
    issue: Issue, readers: Client, desk: str
) -> None:
    issue("Zoé Citoyenne")
    there = f"{desk}documents/?q=zo%C3%A9&status=available"
    opened = next(reading.main(readers.get(there)).all("a", class_="row-link")).attributes["href"]
    assert reading.links(readers.get(opened))["Documents"] == there


@pytest.mark.parametrize(("octets", "told"), [(0, "0,0 Ko"), (7475, "7,3 Ko"), (25 * 1024**2, "25,0 Mo")])
def test_a_size_is_told_in_the_units_of_the_limits(octets: int, told: str) -> None:
    with translation.override("fr"):
        assert file_size(octets) == told.replace(" ", "\N{NO-BREAK SPACE}")


def test_many_found_stand_by_the_word(
    issue: Issue, readers: Client, desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", 2)
    for name in ("Martin", "Marie", "Marc"):
        issue(name)
    response = readers.get(f"{desk}documents/?q=mar")
    assert titles(response) == ["Marc", "Marie", "Martin"]
    assert "Plus de 2 documents correspondent" in reading.main(response).text


def test_typing_answers_with_the_results_alone(issue: Issue, readers: Client, desk: str) -> None:
    issue("Zoé Citoyenne")
    answer = readers.get(f"{desk}documents/?q=zo", headers={"HX-Request": "true", "HX-Target": "results"})
    assert list(reading.read(answer).all("html")) == []
    assert len(list(reading.read(answer).all("tr"))) == 2


def test_who_may_issue_is_offered_to(registrars: Client, readers: Client, desk: str) -> None:
    assert "Émettre un document" in reading.links(registrars.get(f"{desk}documents/"))
    assert "Émettre un document" not in reading.links(readers.get(f"{desk}documents/"))


# --- one document ------------------------------------------------------------------------------------


def test_a_documents_life(diploma: Credential, zoe: Person, registrar: Person, readers: Client, desk: str) -> None:
    actions.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée", by=registrar)
    sharing.create(by=zoe, credentials=[diploma], offer=Offer(name="Secret", channel=Channel.LINK, language="fr"))
    response = readers.get(f"{desk}documents/{diploma.pk}/")
    events = [row[1:] for row in reading.rows(response, "Historique")]
    assert events == [
        [
            "Le document Diplôme de baccalauréat a été mis à jour (version 2). Motif indiqué : Mention ajoutée.",
            "Rémi Registraire",
        ],
        ["Le document Diplôme de baccalauréat a été émis", "Rémi Registraire"],
    ]
    facts = reading.facts(response)
    assert facts["Partages par l’apprenant"].startswith("1 ")
    assert "Secret" not in response.content.decode()
    assert reading.links(response)["Version 1"] == "?version=1"


def test_whom_it_was_shared_with_is_never_told(diploma: Credential, zoe: Person, readers: Client, desk: str) -> None:
    offer = Offer(name="S", channel=Channel.EMAIL, language="fr", recipients=["jury@elsewhere.example"])
    sharing.create(by=zoe, credentials=[diploma], offer=offer)
    for page in (f"{desk}documents/{diploma.pk}/", desk, f"{desk}documents/"):
        assert "elsewhere" not in readers.get(page).content.decode()


def test_the_document_page_costs_the_same_whatever_its_life(
    diploma: Credential, readers: Client, desk: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = f"{desk}documents/{diploma.pk}/"
    readers.get(page)
    with django_assert_num_queries(9):
        readers.get(page)
    for number in range(2):
        actions.update(credential=diploma, pdf=make_pdf(text=f"v{number}"), reason="Correction")
    with django_assert_num_queries(9):
        readers.get(page)


@pytest.mark.parametrize("part", ["", "pages/1/", "pages/1/text", "?version=1"])
def test_another_institutions_document_is_not_there(
    part: str, diploma: Credential, strangers: Client, readers: Client, desk: str, other_institution: Organization
) -> None:
    assert readers.get(f"{desk}documents/{diploma.pk}/{part}").status_code == 200
    assert strangers.get(f"{desk}documents/{diploma.pk}/{part}").status_code == 404
    theirs = f"/issuer/{other_institution.slug}/documents/{diploma.pk}/{part}"
    assert (strangers.get(theirs).status_code, readers.get(theirs).status_code) == (404, 404)


def test_a_download_stands_in_the_history(
    diploma: Credential, registrars: Client, readers: Client, strangers: Client, desk: str, zoe: Person
) -> None:
    page = f"{desk}documents/{diploma.pk}/file/"
    answer = registrars.post(page)
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="diplome-de-baccalaureat')
    line = Line.objects.latest("pk")
    assert (line.verb, line.actor_label, line.credential_id) == (
        "document-downloaded",
        "Rémi Registraire",
        diploma.pk,
    )
    assert (registrars.get(page).status_code, readers.post(page).status_code, strangers.post(page).status_code) == (
        *(405, 403, 404),
    )


def test_what_is_revoked_is_seen_by_nobody(diploma: Credential, registrars: Client, desk: str) -> None:
    actions.revoke(credential=diploma, reason="Émis par erreur", shown=False)
    response = registrars.get(f"{desk}documents/{diploma.pk}/")
    assert reading.notices(response) == ["Ce document est révoqué"]
    assert "Émis par erreur" in reading.main(response).text
    assert list(reading.main(response).all("img")) == []
    assert registrars.get(f"{desk}documents/{diploma.pk}/pages/1/").status_code == 404
    assert registrars.post(f"{desk}documents/{diploma.pk}/file/").status_code == 404


def test_a_document_to_be_released_says_when(issue: Issue, readers: Client, desk: str) -> None:
    later = issue("Zoé Citoyenne", release_at=timezone.now() + timedelta(days=3))
    assert reading.notices(readers.get(f"{desk}documents/{later.pk}/")) == ["Pas encore remis"]


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("?version=9", 404),
        (f"?version={'1' * 5000}", 200),
        (f"?page={'1' * 5000}", 200),
        ("?page=999999999", 200),
        ("pages/0/", 404),
        ("pages/99999999999999999999/", 404),
        ("pages/3/text", 404),
    ],
)
def test_pages_and_versions_that_do_not_exist(
    part: str, status: int, diploma: Credential, readers: Client, desk: str
) -> None:
    readers.raise_request_exception = False
    assert readers.get(f"{desk}documents/{diploma.pk}/{part}").status_code == status


@pytest.mark.parametrize(
    "text", ["%00", "a%00b", "%ff", "%ed%a0%80", "é" * 300, "'; DROP", "%25", "_", " ", "\U0010ffff"]
)
def test_whatever_is_searched_for_is_answered(text: str, issue: Issue, readers: Client, desk: str) -> None:
    issue("Zoé Citoyenne")
    readers.raise_request_exception = False
    assert readers.get(f"{desk}documents/?q={text}").status_code == 200
    assert readers.get(f"{desk}documents/?q=zo{text}").status_code == 200
