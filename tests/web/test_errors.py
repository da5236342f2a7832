"""Error pages: in both languages, the reader's first; the worst of them needs nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from attesta.web import errors


def test_trust_40_an_unknown_page_says_so_in_both_languages() -> None:
    answer = Client().get("/nothing/here/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>Nous n’avons pas trouvé cette page</h1>" in page
    assert "<h2>We did not find this page</h2>" in page
    assert page.count("<h1") == 1


def test_the_readers_language_comes_first() -> None:
    page = Client(headers={"Accept-Language": "en"}).get("/nothing/").content.decode()
    assert "<h1>We did not find this page</h1>" in page
    assert page.index('lang="en"') < page.index('<section class="prose" lang="fr">')


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (errors.bad_request, 400, "Nous n’avons pas pu lire cette demande"),
        (errors.forbidden, 403, "Cette page ne vous est pas ouverte"),
        (errors.csrf_failure, 403, "Ce formulaire est resté ouvert trop longtemps"),
    ],
)
def test_each_page_says_what_happened(view: Callable[[HttpRequest], HttpResponse], status: int, heading: str) -> None:
    answer = view(RequestFactory().get("/x/"))
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_a_form_that_is_too_old_promises_nothing_of_what_was_typed() -> None:
    page = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"}).post("/accounts/login/", {"login": "x"})
    assert page.status_code == 403
    words = " ".join(page.content.decode().split())
    assert "your browser may still show what you typed. Copy it before you reload that page" in words
    assert "Copiez-le avant de recharger la page, car cela peut l’effacer" in words
    assert "is still in the previous page" not in words


def test_a_broken_server_answers_without_its_database() -> None:
    with connection.execute_wrapper(refuse):
        answer = errors.server_error(HttpRequest())
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1>Une panne s’est produite chez nous</h1>" in page
    assert "<h2>Something broke on our side</h2>" in page


def refuse(*_: object) -> None:
    raise AssertionError("an error page asked the database")


def test_a_broken_server_answers_without_its_style_sheets() -> None:
    with translation.override("en"):
        page = render_to_string("web/errors/bare.html", errors.words("500"))
    assert "<h1>Something broke on our side</h1>" in page
    assert "stylesheet" not in page


def test_no_public_page_prints_an_address_that_a_stranger_chose() -> None:
    secret = "/s/a-token-that-nobody-may-print"
    for page in (errors.not_found(RequestFactory().get(secret)), errors.bad_request(RequestFactory().get(secret))):
        assert f"//testserver{secret}" not in page.content.decode()


def test_a_foreign_host_is_refused_in_both_languages() -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Nous n’avons pas pu lire cette demande" in answer.content.decode()
