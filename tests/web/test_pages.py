"""The hall's own pages, and the frame around every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attesta.accounts.models import Person

HALL = Path(__file__).parents[2] / "attesta/web"
BARE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_the_front_page_says_what_this_is_and_where_to_enter() -> None:
    answer = Client().get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Vos documents officiels, partagés comme vous l’entendez" in page
    assert 'href="/accounts/login/"' in page
    assert 'href="/accounts/signup/"' in page


def test_whoever_is_signed_in_goes_to_their_documents(client: Client, zoe: Person) -> None:
    client.force_login(zoe)
    assert client.get("/").headers["Location"] == "/documents/"


def test_the_banner_names_the_menu_and_the_person(client: Client, zoe: Person) -> None:
    client.force_login(zoe)
    page = client.get("/_components/").content.decode()
    assert re.findall(r'<a href="(/\w+/)">(Documents|Partages)</a>', page) == [
        ("/documents/", "Documents"),
        ("/shares/", "Partages"),
    ]
    assert '<span class="tool-name">Zoé Citoyenne</span>' in page
    assert "Se déconnecter" in page


def test_robots_are_kept_from_what_people_share() -> None:
    answer = Client().get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.content.decode().splitlines()[:3] == ["User-agent: *", "Disallow: /s/", "Disallow: /visits/"]


def test_the_favicon_is_our_mark() -> None:
    assert Client().get("/favicon.ico").headers["Location"] == "/static/web/favicon.svg"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_gallery_shows_every_component(language: str) -> None:
    answer = Client(headers={"Accept-Language": language}).get("/_components/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert not BARE.search(page)


@pytest.mark.django_db
def test_the_gallery_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        Client().get("/_components/")
    assert len(asked) == 0


@pytest.mark.parametrize("template", sorted(HALL.rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_holds_a_style_or_a_script(template: Path) -> None:
    assert BARE.search(template.read_text()) is None
