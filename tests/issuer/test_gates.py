"""Nobody passes to a desk but its own staff, by a second factor, in a role that may, signed in lately."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT, is_recent
from attesta.issuer import rules
from attesta.organizations.models import Organization
from attesta.organizations.rules import Act
from tests.harness import cast
from tests.harness.server import PASSWORD
from tests.issuer.conftest import SignIn, signed_in_at, with_factor
from tests.learner import reading


def test_the_way_in(
    registrars: Client, strangers: Client, signed_in: SignIn, zoe: Person, client: Client, desk: str
) -> None:
    answer = registrars.get("/issuer/")
    assert (answer.status_code, answer.headers["Location"]) == (302, desk)
    assert registrars.get(desk).status_code == 200
    assert strangers.get(desk).status_code == 404
    assert signed_in(zoe).get(desk).status_code == 404
    assert signed_in(zoe).get("/issuer/").status_code == 404
    assert client.get(desk).headers["Location"] == f"/accounts/login/?next={desk}"


def test_trust_20_without_a_second_factor_the_page_says_why(registrar: Person, signed_in: SignIn, desk: str) -> None:
    answer = signed_in(registrar).get(desk)
    assert answer.status_code == 403
    assert next(reading.main(answer).all("h1")).text == "Un second facteur est requis"
    assert reading.links(answer)["Ajouter un second facteur"] == "/accounts/2fa/"


def test_several_institutions_are_chosen_from(
    registrar: Person, registrars: Client, other_institution: Organization, desk: str
) -> None:
    other_institution.memberships.create(person=registrar)
    assert reading.links(registrars.get("/issuer/")) == {
        "Collège des Lacs": f"/issuer/{other_institution.slug}/",
        "Université du Fleuve": desk,
    }


def test_signing_in_leads_staff_to_their_desk_unless_they_have_documents(
    registrar: Person, other_institution: Organization, client: Client
) -> None:
    answer = client.post("/accounts/login/", {"login": registrar.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/issuer/"
    cast.diploma(registrar, other_institution)
    assert client.get("/").headers["Location"] == "/documents/"


@pytest.mark.parametrize("age", [RECENT + 5, -60])
def test_looking_needs_no_recent_sign_in(registrar: Person, desk: str, age: int) -> None:
    browser = signed_in_at(with_factor(registrar), time.time() - age)
    assert browser.get(desk).status_code == 200


def test_trust_20_acts_that_need_a_recent_sign_in() -> None:
    assert {act for act in Act if not rules.must_be_recent(act)} == {Act.LOOK, Act.TEMPLATES}
    assert [is_recent(at, 1000.0) for at in (None, 1000.0, 101.0, 100.0, 1001.0)] == [
        *(False, True, True, False, False),
    ]


def test_the_account_menu_leads_staff_to_their_desk(
    registrar: Person, zoe: Person, client: Client, signed_in: SignIn, desk: str
) -> None:
    menu = {person: reading.read(signed_in(person).get("/documents/")) for person in (registrar, zoe)}
    ways = {person: [a.text for a in page.all("a", href="/issuer/")] for person, page in menu.items()}
    assert ways == {registrar: ["Votre établissement"], zoe: []}
