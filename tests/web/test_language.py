"""The language switch: keeps the page, works without JavaScript, is remembered."""

from __future__ import annotations

import pytest
from django.test import Client

from attesta.accounts.models import Person


def test_french_is_the_language_of_a_first_visit() -> None:
    page = Client().get("/").content.decode()
    assert '<html lang="fr">' in page
    assert '<button class="tool" name="language" value="en" lang="en">' in page


def test_the_browsers_language_is_heard() -> None:
    page = Client(headers={"Accept-Language": "en-CA,en;q=0.8"}).get("/")
    assert '<html lang="en">' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


def test_the_switch_returns_to_the_page_and_is_remembered() -> None:
    client = Client()
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/?next=%2Fshares%2F"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=%2Fshares%2F")
    assert '<html lang="en">' in client.get("/").content.decode()


def test_the_switch_outweighs_the_language_in_the_address() -> None:
    answer = Client().post("/language/", {"language": "en", "next": "/?lang=fr&sort=name"})
    assert answer.headers["Location"] == "/?sort=name"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_switch_leads_to_no_other_site(elsewhere: str) -> None:
    assert Client().post("/language/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing() -> None:
    client = Client()
    client.post("/language/", {"language": "tlh", "next": "/"})
    assert "language" not in client.cookies


def test_looking_at_the_switch_changes_nothing() -> None:
    assert Client().get("/language/").status_code == 405


def test_a_person_keeps_the_language_chosen(client: Client, zoe: Person) -> None:
    client.force_login(zoe)
    client.post("/language/", {"language": "en", "next": "/"})
    zoe.refresh_from_db()
    assert zoe.language == "en"


def test_the_switch_needs_the_form_guard(zoe: Person) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(zoe)
    assert stranger.post("/language/", {"language": "en", "next": "/"}).status_code == 403
    zoe.refresh_from_db()
    assert zoe.language == "fr"
