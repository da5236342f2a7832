from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from tests.accounts import mailbox
from tests.accounts.conftest import Door

GOOD = "quatre érables sous la neige"
RESEND_AFTER = timedelta(seconds=11)
FORM = {"name": "Noé Lavoie", "email": "noe@example.org", "password1": GOOD}


def test_sign_up_proves_the_mailbox_by_a_typed_code_and_lands_on_the_documents(client: Client, db: None) -> None:
    client.cookies["language"] = "en"
    answer = client.post("/accounts/signup/", FORM | {"name": "\u202eNoé\u200b  Lavoie"})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert mailbox.kinds("noe@example.org") == ["accounts.sign-up-code"]

    answer = client.post(
        "/accounts/confirm-email/", {"code": mailbox.code("noe@example.org").lower().replace("-", " ")}
    )

    assert answer["Location"] == "/documents/"
    noe = Person.objects.get(email="noe@example.org")
    assert (noe.name, noe.language) == ("Noé Lavoie", "en")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("noe@example.org", True, True)]
    assert client.get("/accounts/email/").status_code == 200


def test_nobody_gets_in_before_the_code(client: Client, db: None) -> None:
    client.post("/accounts/signup/", FORM)

    assert client.get("/accounts/email/").status_code == 302
    stranger = Client()
    with time_machine.travel(timezone.now() + RESEND_AFTER):
        answer = stranger.post("/accounts/login/", {"login": FORM["email"], "password": GOOD})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert stranger.get("/accounts/email/").status_code == 302


def test_three_wrong_codes_end_the_attempt(client: Client, db: None) -> None:
    client.post("/accounts/signup/", FORM)

    answers = [client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    said = list(client.get(answers[-1]["Location"]).context["messages"])
    assert [str(each) for each in said] == [
        "Trop de codes erronés\N{NO-BREAK SPACE}: celui-ci n’est plus valable. Recommencez pour en recevoir un autre."
    ]
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_new_code_replaces_the_first(client: Client, db: None) -> None:
    client.post("/accounts/signup/", FORM)
    first = mailbox.code("noe@example.org")
    with time_machine.travel(timezone.now() + RESEND_AFTER):
        client.post("/accounts/confirm-email/", {"action": "resend"})

    second = mailbox.code("noe@example.org")

    assert second != first
    assert client.post("/accounts/confirm-email/", {"code": first}).status_code == 200
    assert client.post("/accounts/confirm-email/", {"code": second})["Location"] == "/documents/"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("trop court", "Ce mot de passe est trop court : il lui faut au moins 15 caractères."),
        ("motdepassemotdepasse", "Ce mot de passe est de ceux qu’on devine en premier. Choisissez-en un autre."),
        (
            "noe-lavoie-noe@example.org",
            "Ce mot de passe est surtout fait de votre nom, de votre adresse ou de notre nom. Choisissez-en un autre.",
        ),
    ],
)
def test_trust_19_a_weak_password_is_refused_with_one_sentence(
    client: Client, db: None, password: str, sentence: str
) -> None:
    answer = client.post("/accounts/signup/", FORM | {"password1": password})

    assert answer.context["form"].errors == {"password1": [sentence.replace(" :", "\u00a0:")]}
    assert answer.context["form"]["name"].value() == "Noé Lavoie"
    assert Person.objects.count() == 0


def test_what_a_password_needs_is_said_before_it_is_typed(client: Client, db: None) -> None:
    page = client.get("/accounts/signup/", headers={"Accept-Language": "en"}).content.decode()

    assert "At least 15 characters" in page
    assert 'autocomplete="new-password"' in page
    assert "onpaste" not in page


def answers(email: str, at: datetime) -> list[Any]:
    """What a browser gets that signs up with ``email``, asks for another code, and types three wrong ones."""
    browser = Client(headers={"Accept-Language": "fr"})
    with time_machine.travel(at, tick=False) as clock:
        first = [
            browser.post("/accounts/signup/", FORM | {"email": email}),
            browser.get("/accounts/confirm-email/"),
            browser.post("/accounts/confirm-email/", {"action": "resend"}),
        ]
        clock.shift(RESEND_AFTER)
        return [
            *first,
            browser.post("/accounts/confirm-email/", {"action": "resend"}),
            browser.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}),
            browser.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}),
            browser.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}),
            browser.get("/accounts/confirm-email/"),
        ]


def seen(answer: Any, email: str) -> tuple[object, ...]:
    body = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[\w-]+"', "", answer.content.decode())
    headers = {name: value for name, value in answer.items() if name not in ("Date", "Content-Length")}
    return answer.status_code, body.replace(email, "ADDRESS"), headers, sorted(answer.cookies)


def test_trust_21_sign_up_answers_alike_for_known_and_unknown_addresses(zoe: Person) -> None:
    now = timezone.now()
    known = [seen(answer, zoe.email) for answer in answers(zoe.email, now)]
    unknown = [seen(answer, "new@example.org") for answer in answers("new@example.org", now)]

    for one, other in zip(known, unknown, strict=True):
        assert one == other
    assert [status for status, *_rest in known] == [302, 200, 429, 302, 200, 200, 302, 302]
    assert Person.objects.filter(email=zoe.email).count() == 1
    assert mailbox.kinds(zoe.email) == ["accounts.account-exists"]


class CountingHasher(MD5PasswordHasher):
    """Hashing is what takes time in a sign-up: as many hashes, as much time."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return str(super().encode(password, salt))


@pytest.mark.parametrize("email", ["zoe@example.org", "new@example.org"])
def test_trust_21_sign_up_takes_as_long_in_both_cases(zoe: Person, settings: Settings, email: str) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.hashed = 0

    Client().post("/accounts/signup/", FORM | {"email": email})

    assert CountingHasher.hashed == 1


@pytest.mark.parametrize("email", [f"noe@{'.'.join(['İ' * 60] * 3)}.ca", f"noe@{'é' * 58}.ca", "noeſ@example.org"])
def test_an_address_that_cannot_be_kept_or_written_to_is_refused(
    client: Client, zoe: Person, confirmed: Door, email: str
) -> None:
    """Of a capital that becomes two small letters, of a domain and a mailbox that no letter reaches."""
    assert client.post("/accounts/signup/", FORM | {"email": email}).context["form"].errors.keys() == {"email"}
    added = confirmed(zoe).post("/accounts/email/", {"email": email, "action_add": "yes"})
    assert added.context["form"].errors.keys() == {"email"}
    assert Person.objects.count() == 1
