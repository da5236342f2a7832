from __future__ import annotations

import pytest
from django.test import Client

from attesta.accounts.models import Person
from tests.accounts import mailbox
from tests.accounts.conftest import Door

WORK = "zoe@work.example"
PAGE = "/accounts/email/"


def add(browser: Client, email: str = WORK) -> None:
    """Type the address, then the code that comes to it."""
    assert browser.post(PAGE, {"email": email, "action_add": "yes"})["Location"] == "/accounts/confirm-email/"
    answer = browser.post("/accounts/confirm-email/", {"code": mailbox.code(email)})
    assert answer["Location"] == PAGE


def addresses(person: Person) -> list[tuple[str, bool, bool]]:
    return list(person.emailaddress_set.order_by("email").values_list("email", "verified", "primary"))


def test_an_address_belongs_to_the_account_once_its_code_is_typed(zoe: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    browser.post(PAGE, {"email": WORK, "action_add": "yes"})
    assert addresses(zoe) == [("zoe@example.org", True, True)]

    browser.post("/accounts/confirm-email/", {"code": mailbox.code(WORK)})

    assert addresses(zoe) == [("zoe@example.org", True, True), (WORK, True, False)]


def test_changing_addresses_asks_once_more_who_is_there(zoe: Person, sign_in: Door) -> None:
    answer = sign_in(zoe).post(PAGE, {"email": WORK, "action_add": "yes"})

    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert mailbox.kinds(WORK) == []


def test_trust_22_a_changed_primary_address_ends_other_sessions_and_tells_the_old_one(
    zoe: Person, sign_in: Door, confirmed: Door
) -> None:
    browser = confirmed(zoe)
    add(browser)
    phone = sign_in(zoe)

    browser.post(PAGE, {"email": WORK, "action_primary": "yes"})

    zoe.refresh_from_db()
    assert zoe.email == WORK
    assert phone.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200
    assert mailbox.kinds("zoe@example.org")[-1] == "accounts.primary-changed"
    assert WORK in mailbox.newest("zoe@example.org").text


def test_trust_22_an_added_address_ends_other_sessions_and_tells_the_primary_one(
    zoe: Person, sign_in: Door, confirmed: Door
) -> None:
    phone, browser = sign_in(zoe), confirmed(zoe)

    add(browser)

    assert phone.get("/account/").status_code == 302
    assert mailbox.kinds("zoe@example.org") == ["accounts.address-added"]


def test_trust_22_a_removed_address_ends_other_sessions_and_is_told(
    zoe: Person, sign_in: Door, confirmed: Door
) -> None:
    browser = confirmed(zoe)
    add(browser)
    phone = sign_in(zoe)

    browser.post(PAGE, {"email": WORK, "action_remove": "yes"})

    assert addresses(zoe) == [("zoe@example.org", True, True)]
    assert phone.get("/account/").status_code == 302
    assert mailbox.kinds(WORK)[-1] == "accounts.address-left"
    assert mailbox.kinds("zoe@example.org")[-1] == "accounts.address-removed"


def test_the_primary_address_cannot_be_removed(zoe: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    add(browser)

    page = browser.post(PAGE, {"email": zoe.email, "action_remove": "yes"}, follow=True)

    assert "C’est votre adresse principale." in page.content.decode()
    assert len(addresses(zoe)) == 2


def test_an_address_of_someone_else_stays_theirs(zoe: Person, alex: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    browser.post(PAGE, {"email": alex.email, "action_add": "yes"})

    answer = browser.post("/accounts/confirm-email/", {"code": mailbox.code(alex.email)})

    assert answer.context["form"].errors == {"code": ["Cette adresse ne peut pas servir à ce compte."]}
    assert addresses(alex) == [("alex@example.org", True, True)]


@pytest.mark.parametrize("action", ["action_primary", "action_remove", "action_send"])
def test_a_stranger_changes_nothing(zoe: Person, alex: Person, confirmed: Door, action: str) -> None:
    confirmed(alex).post(PAGE, {"email": zoe.email, action: "yes"})

    assert addresses(zoe) == [("zoe@example.org", True, True)]
    assert mailbox.kinds(zoe.email) == []


def test_six_addresses_are_one_too_many(zoe: Person, confirmed: Door) -> None:
    for number in range(4):
        zoe.emailaddress_set.create(email=f"zoe{number}@example.org", verified=True)

    answer = confirmed(zoe).post(PAGE, {"email": WORK, "action_add": "yes"})

    assert answer.context["form"].errors == {
        "email": ["Un compte peut avoir jusqu’à 5 adresses. Retirez-en d’abord une."]
    }


def test_every_proved_address_signs_in(zoe: Person, client: Client) -> None:
    zoe.emailaddress_set.create(email=WORK, verified=True)

    assert client.post("/accounts/login/", {"login": WORK, "password": "attesta-demo-2026"}).status_code == 302


def test_an_address_longer_than_mail_allows_is_refused_wherever_it_is_typed(
    zoe: Person, confirmed: Door, client: Client
) -> None:
    """RFC 5321, section 4.5.3.1.3: with its brackets, 256 octets."""
    endless = f"{'a' * 243}@example.org"
    answers = [
        client.post(
            "/accounts/signup/", {"name": "Noé", "email": endless, "password1": "quatre érables sous la neige"}
        ),
        client.post("/accounts/password/reset/", {"email": endless}),
        confirmed(zoe).post(PAGE, {"email": endless, "action_add": "yes"}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [list(answer.context["form"].errors) for answer in answers] == [["email"]] * 3
    assert mailbox.kinds(endless) == []
