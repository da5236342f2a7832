"""What a session holds is of no use to whoever reads the database."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from attesta.accounts.models import Person
from attesta.accounts.sessions import SessionStore
from tests.accounts.conftest import Door

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


def test_trust_01_a_session_is_sealed_where_it_rests(db: None) -> None:
    session = SessionStore()
    session["account_email_verification_code"] = "K7Q2XW"
    session.create()
    [stored] = Session.objects.values_list("session_data", flat=True)
    assert "K7Q2XW" not in stored and "verification" not in stored
    assert SessionStore(session.session_key)["account_email_verification_code"] == "K7Q2XW"


def test_a_session_of_another_making_is_empty(db: None) -> None:
    assert SessionStore().decode("bm90IG91cnM=") == {}
    assert SessionStore().decode("not even base64!") == {}


def test_the_database_holds_no_cookie_s_value(zoe: Person, sign_in: Door) -> None:
    cookie = sign_in(zoe).cookies["sessionid"].value

    [row] = Session.objects.values_list("session_key", flat=True)
    [listed] = UserSession.objects.values_list("session_key", flat=True)
    assert row == listed != cookie
    assert (len(cookie), len(row)) == (32, 40)


def test_trust_01_what_stands_in_the_database_opens_no_session(zoe: Person, sign_in: Door) -> None:
    browser = sign_in(zoe)
    thief = Client()
    thief.cookies["sessionid"] = Session.objects.get().session_key

    assert thief.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


def test_a_session_that_was_made_elsewhere_opens_by_its_key(zoe: Person, client: Client) -> None:
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session["_auth_user_id"] = str(zoe.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = zoe.get_session_auth_hash()
    session.create()
    client.cookies["sessionid"] = session.session_key

    assert client.get("/account/").status_code == 200


def test_a_session_s_life(db: None) -> None:
    session = SessionStore()
    session["a"] = 1
    session.save()
    first = session.session_key
    assert first and session.exists(first)

    session.cycle_key()
    session.save()
    assert session.session_key != first
    assert not session.exists(first)
    assert SessionStore(session.session_key)["a"] == 1

    session.flush()
    assert not Session.objects.exists()


def test_this_device_is_marked_among_the_sessions(zoe: Person, sign_in: Door) -> None:
    phone, laptop = sign_in(zoe, user_agent="phone"), sign_in(zoe, user_agent="laptop")

    page = laptop.get("/accounts/sessions/", headers={"Accept-Language": "en"})

    assert page.context["session_count"] == 2
    assert page.content.decode().count("This device") + page.content.decode().count("Cet appareil") == 1
    assert phone.get("/account/").status_code == 200


PAGE = "/accounts/sessions/"


def endings(browser: Client) -> list[str]:
    """Where the buttons of the page lead."""
    return re.findall(r'action="(/account/sessions/[^"]+/end/)"', browser.get(PAGE).text)


def told(page: Any) -> list[str]:
    """What the page says of what was done."""
    return [str(message) for message in page.context["messages"]]


def test_one_other_device_is_signed_out_and_no_other(zoe: Person, sign_in: Door) -> None:
    laptop = sign_in(zoe, user_agent=FIREFOX)
    phone = sign_in(zoe, user_agent="phone")
    tablet = sign_in(zoe, user_agent="tablet")
    [first, second] = endings(laptop)
    answer = laptop.post(first, follow=True, headers={"Accept-Language": "fr"})
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "L’autre appareil est déconnecté." in answer.text
    assert [each.get("/account/").status_code for each in (laptop, phone, tablet)] == [200, 302, 200]
    assert endings(laptop) == [second]
    assert laptop.post(first, follow=True).redirect_chain == [(PAGE, 302)]


def test_this_device_is_signed_out_by_the_page_that_asks(zoe: Person, sign_in: Door) -> None:
    laptop, phone = sign_in(zoe, user_agent=FIREFOX), sign_in(zoe, user_agent="phone")
    [own] = endings(phone)
    assert laptop.post(own).headers["Location"] == "/accounts/logout/"
    assert laptop.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another(zoe: Person, alex: Person, sign_in: Door) -> None:
    laptop, phone, stranger = (
        sign_in(zoe, user_agent=FIREFOX),
        sign_in(zoe, user_agent="phone"),
        sign_in(alex, user_agent="phone"),
    )
    [address] = endings(laptop)
    answers = [stranger.post(each, follow=True) for each in (address, "/account/sessions/nobody-s/end/")]
    assert [each.redirect_chain for each in answers] == [[(PAGE, 302)]] * 2
    assert [told(each) for each in answers] == [["That device is not signed in to your account."]] * 2
    assert laptop.get(address).status_code == 405
    assert Client().post(address).status_code == 302
    assert phone.get("/account/").status_code == 200


@pytest.mark.parametrize("cookie", ['"\\000aaaaaaaaaaaaaaaaa"', "short", "A" * 32, "é" * 32, "a" * 33, "0" * 40])
def test_a_cookie_that_is_no_key_of_ours_is_no_session(client: Client, db: None, cookie: str) -> None:
    assert client.get("/accounts/login/", headers={"cookie": f"sessionid={cookie}"}).status_code == 200
    assert SessionStore(cookie).session_key is None
