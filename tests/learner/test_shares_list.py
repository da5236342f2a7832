"""The list of shares (guide steps 01 and 02): every one, its switch, search, filters, sorts and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.learner.views import shares as view
from attesta.shares import actions
from attesta.shares.models import Share
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare, opened

QUERIES = 4  # session, person, shares, their documents


def names(response: object) -> list[str]:
    links = reading.table(response, "Partages").all("a", class_="row-link")
    return [link.text for link in links]


def test_step_01_the_banner_leads_to_the_shares(browser: Client) -> None:
    banner = next(reading.read(browser.get("/documents/")).all("nav"))
    assert [(link.text, link.attributes["href"]) for link in banner.all("a")] == [
        ("Documents", "/documents/"),
        ("Partages", "/shares/"),
    ]


@pytest.mark.parametrize(
    ("language", "caption", "heads", "row"),
    [
        (
            "fr",
            "Partages",
            [
                *("Nom du partage", "Destinataire", "Date de création", "Expire le", "Nombre de consultations"),
                *("Date de la dernière consultation", "Statut"),
            ],
            [
                *("Partage01 Documents Diplôme de baccalauréat", ADMISSIONS, "22 mars 2024", "21 avril 2024", "0"),
                *("S. O.", "Partage01 – Activé"),
            ],
        ),
        (
            "en",
            "Shares",
            ["Share name", "Recipient", "Created", "Expires", "Views", "Last viewed", "Status"],
            [
                *("Partage01 Documents Bachelor’s degree", ADMISSIONS, "March 22, 2024", "April 21, 2024", "0"),
                *("N/A", "Partage01 – Enabled"),
            ],
        ),
    ],
)
def test_step_02_every_share_stands_in_the_list(
    language: str,
    caption: str,
    heads: list[str],
    row: list[str],
    spring: time_machine.Traveller,
    zoe: Person,
    share_of: MakeShare,
    browser: Client,
) -> None:
    share_of(recipients=[ADMISSIONS], expires_at=timezone.now() + timedelta(days=30))
    Person.objects.filter(pk=zoe.pk).update(language=language)
    response = browser.get("/shares/")
    assert (reading.heads(response, caption), reading.rows(response, caption)) == (heads, [row])


@pytest.mark.parametrize("count", [1, 3])
def test_a_row_more_costs_no_query_more(
    count: int, share_of: MakeShare, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        share_of(name=f"Partage{number}")
    browser.get("/livez")  # a session's first page notes where it is
    with django_assert_num_queries(QUERIES):
        response = browser.get("/shares/")
    assert len(names(response)) == count


def test_the_switch_comes_back_to_the_same_filtered_page(share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    page = browser.get("/shares/?status=enabled&q=partage")
    [switch] = reading.table(page, "Partages").all("form")
    fields = {field.attributes["name"]: field.attributes["value"] for field in switch.all("input")}
    answer = browser.post(switch.attributes["action"], {"next": fields["next"]}, follow=True)
    assert answer.redirect_chain == [("/shares/?status=enabled&q=partage", 302)]
    assert reading.notices(answer) == []
    assert names(browser.get("/shares/?status=disabled")) == ["Partage01"]
    share.refresh_from_db()
    assert not share.enabled


def test_back_leads_to_the_same_page_of_the_list(share_of: MakeShare, browser: Client) -> None:
    share_of()
    there = "/shares/?status=enabled&q=partage"
    opened = reading.links(browser.get(there))["Partage01"]
    page = browser.get(opened)
    assert reading.links(page)["Retour"] == there
    for link in ("Modifier", "Afficher aussi les pages vues et les vérifications automatiques"):
        assert "list=status%3Denabled%26q%3Dpartage" in reading.links(page)[link]
    edited = browser.get(reading.links(page)["Modifier"])
    assert reading.links(edited)["Annuler"] == opened
    [press] = [
        each for each in reading.main(page).all("form") if each.attributes.get("action", "").endswith("/disable/")
    ]
    [kept] = press.all("input", name="next")
    answer = browser.post(press.attributes["action"], {"next": kept.attributes["value"]}, follow=True)
    assert answer.redirect_chain == [(opened, 302)]


@pytest.mark.parametrize("came", ["https://evil.example/", "//evil.example/", "a=1#b", '"><b>'])
def test_back_leads_nowhere_but_to_the_list(came: str, share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    back = reading.links(browser.get(f"/shares/{share.pk}/", {"list": came}))["Retour"]
    assert urlsplit(back)[:3] == ("", "", "/shares/")
    assert urlsplit(back).fragment == ""


def test_the_switch_does_not_lead_away(share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    answer = browser.post(f"/shares/{share.pk}/disable/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == f"/shares/{share.pk}/"


def test_the_switch_replaces_its_row_alone_when_htmx_asks(share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    headers = {"HX-Request": "true", "HX-Target": f"share-{share.pk}"}
    answer = browser.post(f"/shares/{share.pk}/disable/", {"next": "/shares/?q=a"}, headers=headers)
    [row] = reading.read(answer).all("tr")
    [button] = row.all("button")
    assert (row.attributes["id"], button.attributes["aria-checked"]) == (f"share-{share.pk}", "false")
    assert button.text == "Partage01 – Désactivé"
    assert [each.attributes["value"] for each in row.all("input", name="next")] == ["/shares/?q=a"]


def test_trust_15_every_grant_stands_in_the_list_and_ends_in_one_click(
    share_of: MakeShare, browser: Client, stranger: Client
) -> None:
    made = [
        share_of(name="lien"),
        share_of(name="lien à NIP", pin="482107"),
        share_of(name="courriel", recipients=[ADMISSIONS]),
        share_of(name="limité", max_consultations=3, may_download=False),
        share_of(name="daté", expires_at=timezone.now() + timedelta(days=1)),
    ]
    response = browser.get("/shares/")
    assert names(response) == [share.name for share in reversed(made)]
    for form in reading.table(response, "Partages").all("form"):
        browser.post(form.attributes["action"])
    assert Share.objects.filter(enabled=True).count() == 0
    assert names(stranger.get("/shares/")) == []


@pytest.fixture
def states(spring: time_machine.Traveller, share_of: MakeShare, zoe: Person) -> None:
    """One share in each state, made an hour apart."""
    share_of(name="Active", recipients=[ADMISSIONS])
    spring.shift(timedelta(hours=1))
    actions.disable(share=share_of(name="éteint"), by=zoe)
    spring.shift(timedelta(hours=1))
    opened(share_of(name="Épuisé", max_consultations=1))
    spring.shift(timedelta(hours=1))
    opened(share_of(name="Zone", expires_at=timezone.now() + timedelta(hours=1), reference="DA-2026"))
    spring.shift(timedelta(hours=1))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Zone", "Épuisé", "éteint", "Active"]),
        ("sort=oldest", ["Active", "éteint", "Épuisé", "Zone"]),
        ("sort=name", ["Active", "Épuisé", "éteint", "Zone"]),
        ("sort=viewed", ["Zone", "Épuisé", "éteint", "Active"]),
        ("sort=nonsense", ["Zone", "Épuisé", "éteint", "Active"]),
        ("status=enabled", ["Active"]),
        ("status=disabled", ["éteint"]),
        ("status=expired", ["Zone"]),
        ("status=used-up", ["Épuisé"]),
        ("channel=email", ["Active"]),
        ("channel=link&sort=name", ["Épuisé", "éteint", "Zone"]),
        ("q=epuise", ["Épuisé"]),
        ("q=da-2026", ["Zone"]),
        ("q=admissions", ["Active"]),
        ("q=zone&status=enabled", []),
    ],
)
def test_search_filters_and_sorts(query: str, expected: list[str], states: None, browser: Client) -> None:
    assert names(browser.get(f"/shares/?{query}")) == expected


def test_shares_of_one_document(share_of: MakeShare, diploma: Credential, browser: Client, stranger: Client) -> None:
    share_of()
    assert names(browser.get(f"/shares/?document={diploma.pk}")) == ["Partage01"]
    assert names(stranger.get(f"/shares/?document={diploma.pk}")) == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "name", "viewed"])
def test_pages_go_forth_and_back_by_key(
    sort: str,
    share_of: MakeShare,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(view, "SIZE", 2)
    for number in range(5):
        share = share_of(name=f"Partage{number}")
        if number in (1, 3):
            opened(share)
    first = browser.get(f"/shares/?sort={sort}")
    with django_assert_num_queries(QUERIES + (2 if sort == "viewed" else 1)):
        second = browser.get(f"/shares/{reading.links(first)['Suivants']}")
    third = browser.get(f"/shares/{reading.links(second)['Suivants']}")
    assert [len(names(page)) for page in (first, second, third)] == [2, 2, 1]
    assert len({*names(first), *names(second), *names(third)}) == 5
    back = browser.get(f"/shares/{reading.links(third)['Précédents']}")
    assert names(back) == names(second)
    start = browser.get(f"/shares/{reading.links(back)['Précédents']}")
    assert (names(start), "Précédents" in reading.links(start)) == (names(first), False)


def test_typing_answers_with_the_results_alone(share_of: MakeShare, browser: Client) -> None:
    share_of()
    answer = browser.get("/shares/?q=partage", headers={"HX-Request": "true", "HX-Target": "results"})
    assert [node.attributes["id"] for node in reading.read(answer).all("div", id="results")] == ["results"]
    assert list(reading.read(answer).all("html")) == []


def test_an_empty_list_says_what_to_do(browser: Client, share_of: MakeShare) -> None:
    empty = browser.get("/shares/")
    assert reading.links(empty)["Nouveau partage"] == "/shares/new/"
    assert empty.text.count('href="/shares/new/"') == 1
    share_of()
    nothing = browser.get("/shares/?q=introuvable")
    assert reading.links(nothing)["Afficher tous les partages"] == "/shares/"


def test_a_stranger_sees_none_of_it(share_of: MakeShare, signed_in: Callable[[Person], Client], alex: Person) -> None:
    share = share_of()
    assert names(signed_in(alex).get("/shares/")) == []
    assert names(signed_in(alex).get(f"/shares/?after={share.pk}")) == []
