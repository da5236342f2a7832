"""Who may pass into a page, and where the others are sent."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from attesta.accounts.models import Person
from attesta.web.gates import PersonRequest, signed_in

REQUESTS = RequestFactory(SERVER_NAME="testserver")


@signed_in
def page(request: PersonRequest, number: int = 1) -> HttpResponse:
    return HttpResponse(f"{request.person} {number}")


@signed_in
def picture(request: PersonRequest) -> HttpResponse:
    return HttpResponse(headers={"Cache-Control": "private, max-age=60"})


def asked(request: HttpRequest, who: Person | AnonymousUser) -> HttpRequest:
    request.user = who
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


def test_a_person_passes_and_is_named(zoe: Person) -> None:
    answer = page(asked(REQUESTS.get("/shares/"), zoe), 3)
    assert answer.getvalue() == "Zoé Citoyenne 3".encode()
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_page_may_say_otherwise_how_it_is_stored(zoe: Person) -> None:
    assert picture(asked(REQUESTS.get("/"), zoe)).headers["Cache-Control"] == "private, max-age=60"


def test_a_stranger_signs_in_first_and_comes_back() -> None:
    answer = page(asked(REQUESTS.get("/shares/?sort=name"), AnonymousUser()))
    assert answer.headers["Location"] == "/accounts/login/?next=/shares/%3Fsort%3Dname"


def test_after_a_press_of_a_button_the_page_that_held_it_comes_back() -> None:
    press = REQUESTS.post("/shares/1/disable/", headers={"Referer": "http://testserver/shares/"})
    answer = page(asked(press, AnonymousUser()))
    assert answer.headers["Location"] == "/accounts/login/?next=http%3A//testserver/shares/"


def test_a_foreign_page_is_never_the_way_back() -> None:
    press = REQUESTS.post("/shares/1/disable/", headers={"Referer": "https://evil.example/"})
    assert page(asked(press, AnonymousUser())).headers["Location"] == "/accounts/login/?next=/documents/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    part = REQUESTS.get("/shares/", headers={"HX-Request": "true", "Referer": "http://testserver/shares/?q=a"})
    answer = page(asked(part, AnonymousUser()))
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/?next=")
