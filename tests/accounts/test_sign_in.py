from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from tests.accounts.conftest import Door
from tests.harness.server import PASSWORD


def test_sign_in_leads_on_to_where_one_was_going(zoe: Person, client: Client) -> None:
    answer = client.post("/accounts/login/?next=/account/", {"login": zoe.email, "password": PASSWORD})

    assert answer["Location"] == "/account/"


def test_an_address_in_capitals_signs_in(zoe: Person, client: Client) -> None:
    assert client.post("/accounts/login/", {"login": "ZOE@Example.org", "password": PASSWORD}).status_code == 302


def test_sign_in_never_leads_to_another_site(zoe: Person, client: Client) -> None:
    answer = client.post("/accounts/login/?next=https://evil.example/", {"login": zoe.email, "password": PASSWORD})

    assert answer["Location"] == "/documents/"


@pytest.mark.parametrize("email", ["zoe@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_read_the_same(zoe: Person, client: Client, email: str) -> None:
    answer = client.post("/accounts/login/", {"login": email, "password": "not the password at all"})

    sentence = "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez."
    assert answer.context["form"].non_field_errors() == [sentence]
    assert answer.context["form"]["login"].value() == email


def test_five_wrong_passwords_pause_the_address_and_not_the_others(zoe: Person, alex: Person, client: Client) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": zoe.email, "password": "not the password at all"})

    paused = client.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD})
    assert paused.context["form"].non_field_errors() == ["Trop de tentatives. Attendez cinq minutes, puis réessayez."]
    assert client.post("/accounts/login/", {"login": alex.email, "password": PASSWORD}).status_code == 302

    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert Client().post("/accounts/login/", {"login": zoe.email, "password": PASSWORD}).status_code == 302


def guess(browser: Client, person: Person, times: int = 5) -> None:
    for _ in range(times):
        browser.post("/accounts/login/", {"login": person.email, "password": "not the password at all"})


def test_wrong_passwords_elsewhere_do_not_shut_one_out_of_one_s_own_browser(zoe: Person, sign_in: Door) -> None:
    own = sign_in(zoe)
    own.post("/accounts/logout/")
    guess(Client(), zoe)

    answer = own.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD})

    assert answer["Location"] == "/documents/"
    assert Client().post("/accounts/login/", {"login": zoe.email, "password": PASSWORD}).status_code == 200


def test_a_browser_of_one_s_own_has_five_attempts_too(zoe: Person, sign_in: Door) -> None:
    own = sign_in(zoe)
    own.post("/accounts/logout/")
    guess(own, zoe)

    assert own.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("forged", ["", "x", "zoe:1"])
def test_nobody_else_s_browser_counts_as_one_s_own(zoe: Person, alex: Person, sign_in: Door, forged: str) -> None:
    other = sign_in(alex)
    other.post("/accounts/logout/")
    if forged:
        other.cookies["device"] = forged
    guess(Client(), zoe)

    assert other.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD}).status_code == 200


def test_a_known_browser_is_remembered_out_of_reach_of_scripts(zoe: Person, sign_in: Door) -> None:
    cookie = sign_in(zoe).cookies["device"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/accounts/")


def test_the_session_gets_a_new_key_at_sign_in(zoe: Person, client: Client) -> None:
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    before = client.session.session_key

    client.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD})

    assert before and client.session.session_key != before


def test_a_session_ends_with_the_browser_unless_one_asks_to_stay(zoe: Person) -> None:
    def cookie(**form: str) -> object:
        browser = Client()
        browser.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD, **form})
        return browser.cookies["sessionid"]["max-age"]

    assert cookie() == ""
    assert cookie(remember="on") == 14 * 24 * 3600


def test_session_cookies_are_out_of_reach_of_scripts_and_other_sites(zoe: Person, sign_in: Door) -> None:
    cookie = sign_in(zoe).cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize(
    ("path", "name", "autocomplete"),
    [
        ("/accounts/login/", "login", "username webauthn"),
        ("/accounts/login/", "password", "current-password"),
        ("/accounts/signup/", "name", "name"),
        ("/accounts/signup/", "email", "email"),
        ("/accounts/signup/", "password1", "new-password"),
        ("/accounts/password/reset/", "email", "username"),
    ],
)
def test_trust_39_no_memory_test_at_sign_in(client: Client, db: None, path: str, name: str, autocomplete: str) -> None:
    page = client.get(path).content.decode()
    [field] = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]

    assert f'autocomplete="{autocomplete}"' in field
    assert "onpaste" not in page
    assert "placeholder" not in field


def test_the_page_of_sessions_shows_devices_and_signs_out_the_others(zoe: Person, sign_in: Door) -> None:
    phone = sign_in(zoe, user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1")
    laptop = sign_in(zoe, user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")

    page = laptop.get("/accounts/sessions/")
    assert page.context["session_count"] == 2
    assert "Safari, iPhone" in page.content.decode()
    laptop.post("/accounts/sessions/")

    assert phone.get("/accounts/sessions/").status_code == 302
    assert laptop.get("/accounts/sessions/").context["session_count"] == 1


def test_wrong_passwords_of_others_on_the_same_network_stop_nobody(zoe: Person, client: Client) -> None:
    for number in range(59):
        client.post("/accounts/login/", {"login": f"student{number}@example.org", "password": "wrong"})

    assert client.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD}).status_code == 302


def test_signing_out_asks_first_and_ends_the_session(zoe: Person, sign_in: Door) -> None:
    browser = sign_in(zoe)
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get("/account/").status_code == 200

    browser.post("/accounts/logout/")

    assert browser.get("/account/").status_code == 302


def test_a_closed_account_signs_in_no_more(zoe: Person, client: Client) -> None:
    Person.objects.filter(pk=zoe.pk).update(is_active=False)

    answer = client.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD})

    assert answer["Location"] == "/accounts/inactive/"
    assert client.get("/account/").status_code == 302


def test_too_many_requests_from_one_place_read_as_a_page_of_ours(db: None, client: Client) -> None:
    answers = [client.post("/accounts/password/reset/", {"email": "zoe@example.org"}) for _ in range(6)]

    assert answers[-1].status_code == 429
    assert "Trop de tentatives" in answers[-1].content.decode()


def test_being_seen_is_noted_every_ten_minutes_and_not_on_every_page(zoe: Person, sign_in: Door) -> None:
    browser = sign_in(zoe)
    browser.get("/account/")
    row = zoe.usersession_set.get()

    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        browser.get("/account/")
    assert zoe.usersession_set.get().last_seen_at == row.last_seen_at

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        browser.get("/account/")
    assert zoe.usersession_set.get().last_seen_at > row.last_seen_at
