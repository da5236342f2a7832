from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from tests.accounts import mailbox
from tests.accounts.conftest import Door
from tests.accounts.test_sign_up import RESEND_AFTER, seen
from tests.harness.server import PASSWORD

NEW = "sept corneilles sur un fil"
RESET = "/accounts/password/reset/"


def ask(browser: Client, email: str) -> None:
    assert browser.post(RESET, {"email": email})["Location"] == f"{RESET}confirm/"


def test_a_new_password_is_set_by_a_code_from_the_mailbox(zoe: Person, client: Client) -> None:
    ask(client, zoe.email)
    assert client.post(f"{RESET}confirm/", {"code": mailbox.code(zoe.email)})["Location"] == f"{RESET}complete/"

    answer = client.post(f"{RESET}complete/", {"password1": NEW})

    assert answer["Location"] == f"{RESET}done/"
    zoe.refresh_from_db()
    assert check_password(NEW, zoe.password)
    assert Client().post("/accounts/login/", {"login": zoe.email, "password": NEW}).status_code == 302


def test_a_code_works_for_fifteen_minutes(zoe: Person, client: Client) -> None:
    ask(client, zoe.email)
    code = mailbox.code(zoe.email)

    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=5)):
        answer = client.post(f"{RESET}confirm/", {"code": code})

    assert answer["Location"] == "/accounts/login/"


def test_a_code_works_only_in_the_browser_that_asked(zoe: Person, client: Client) -> None:
    ask(client, zoe.email)

    thief = Client()
    assert thief.post(f"{RESET}confirm/", {"code": mailbox.code(zoe.email)})["Location"] == "/accounts/login/"
    assert thief.post(f"{RESET}complete/", {"password1": NEW})["Location"] == RESET


def test_a_mailed_code_also_proves_the_mailbox(client: Client, db: None) -> None:
    """So an account that was made for someone, without a password, opens by this way."""
    person = Person.objects.create_user("new@example.org", None, name="Nouvelle")
    person.emailaddress_set.create(email=person.email, primary=True)
    ask(client, person.email)
    client.post(f"{RESET}confirm/", {"code": mailbox.code(person.email)})
    client.post(f"{RESET}complete/", {"password1": NEW})

    assert person.emailaddress_set.get().verified
    assert client.post("/accounts/login/", {"login": person.email, "password": NEW})["Location"] == "/documents/"


def test_trust_21_reset_answers_alike_for_known_and_unknown_addresses(zoe: Person) -> None:
    now = timezone.now()

    def answers(email: str) -> list[tuple[object, ...]]:
        browser = Client(headers={"Accept-Language": "fr"})
        with time_machine.travel(now, tick=False):
            walk = [browser.post(RESET, {"email": email}), browser.get(f"{RESET}confirm/")]
            walk += [browser.post(f"{RESET}confirm/", {"code": "XXXX-XXXX"}) for _ in range(3)]
        return [seen(answer, email) for answer in walk]

    known, unknown = answers(zoe.email), answers("nobody@example.org")

    for one, other in zip(known, unknown, strict=True):
        assert one == other
    assert [status for status, *_rest in known] == [302, 200, 200, 200, 302]
    assert mailbox.kinds("nobody@example.org") == ["accounts.no-account"]


def test_trust_22_a_changed_password_ends_other_sessions_and_tells(zoe: Person, sign_in: Door) -> None:
    phone, laptop = sign_in(zoe), sign_in(zoe)

    answer = laptop.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})

    assert answer["Location"] == "/account/"
    assert laptop.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    assert mailbox.kinds(zoe.email) == ["accounts.password-changed"]
    assert "Toutes les autres sessions de votre compte ont été fermées." in mailbox.newest(zoe.email).text.replace(
        "\n", " "
    )


def test_trust_22_a_reset_password_ends_every_session_and_tells(zoe: Person, sign_in: Door, client: Client) -> None:
    phone = sign_in(zoe)
    ask(client, zoe.email)
    client.post(f"{RESET}confirm/", {"code": mailbox.code(zoe.email)})
    client.post(f"{RESET}complete/", {"password1": NEW})

    assert phone.get("/account/").status_code == 302
    assert zoe.usersession_set.count() == 0
    assert mailbox.kinds(zoe.email)[-1] == "accounts.password-reset"


def test_the_old_password_is_asked_for_a_new_one(zoe: Person, sign_in: Door) -> None:
    answer = sign_in(zoe).post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW})

    assert answer.context["form"].errors == {"oldpassword": ["Ce n’est pas votre mot de passe actuel."]}
    assert mailbox.kinds(zoe.email) == []


@pytest.mark.parametrize("weak", ["court", "zoe.citoyenne.zoe", "azertyuiopqsdfgh"])
def test_trust_19_a_weak_password_changes_nothing(zoe: Person, sign_in: Door, weak: str) -> None:
    answer = sign_in(zoe).post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak})

    assert list(answer.context["form"].errors) == ["password1"]
    zoe.refresh_from_db()
    assert check_password(PASSWORD, zoe.password)


def test_a_first_password_is_set_and_told(zoe: Person, sign_in: Door) -> None:
    browser = sign_in(zoe)
    assert browser.get("/accounts/password/set/")["Location"] == "/accounts/password/change/"
    zoe.set_unusable_password()
    zoe.save()
    browser = Client()
    browser.force_login(zoe)

    assert browser.post("/accounts/password/set/", {"password1": NEW})["Location"] == "/account/"

    assert mailbox.kinds(zoe.email) == ["accounts.password-set"]
    with time_machine.travel(timezone.now() + RESEND_AFTER):
        assert Client().post("/accounts/login/", {"login": zoe.email, "password": NEW}).status_code == 302


def test_a_password_changes_only_together_with_its_letter(zoe: Person, sign_in: Door) -> None:
    browser = sign_in(zoe)
    browser.raise_request_exception = False
    with connection.execute_wrapper(no_letters):
        answer = browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})

    assert answer.status_code == 500
    zoe.refresh_from_db()
    assert check_password(PASSWORD, zoe.password)


def no_letters(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """The disk is full as soon as a letter is queued."""
    if sql.startswith("INSERT") and "mail_letter" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)
