"""A sign-up whose mailbox nobody proved holds nothing: the mailbox's owner comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from tests.accounts import mailbox
from tests.harness.pdfs import PdfMaker

NOE = "noe@example.org"
SQUATTERS = "onze castors sur un radeau"
OWN = "quatre érables sous la neige"


@pytest.fixture
def waiting(institution: Organization, pdf: PdfMaker) -> Credential:
    """A diploma that waits for whoever proves Noé's mailbox."""
    return actions.issue(
        issuer=institution,
        learner_email=NOE,
        title_fr="Diplôme",
        title_en="Diploma",
        issued_on=date(2024, 3, 22),
        pdf=pdf(),
    )


def squat(address: str) -> None:
    """Somebody signs up with an address that is not theirs, and never sees the code. Time passes."""
    Client().post("/accounts/signup/", {"name": "Quelqu’un", "email": address, "password1": SQUATTERS})
    cache.clear()


def test_a_password_chosen_before_the_mailbox_was_proved_opens_nothing(waiting: Credential) -> None:
    squat(NOE)
    owner = Client()
    owner.post("/accounts/password/reset/", {"email": NOE})
    if any(kind == "accounts.password-code" for kind in mailbox.kinds(NOE)):
        owner.post("/accounts/password/reset/confirm/", {"code": mailbox.code(NOE)})
    cache.clear()

    squatter = Client()
    squatter.post("/accounts/login/", {"login": NOE, "password": SQUATTERS})

    assert squatter.get(f"/documents/{waiting.pk}/file/").status_code == 302
    assert squatter.get("/documents/").status_code == 302


def test_an_unproved_sign_up_keeps_no_address_from_its_owner(
    zoe: Person, confirmed: Callable[[Person], Client]
) -> None:
    squat("zoe@travail.example")
    browser = confirmed(zoe)
    browser.post("/accounts/email/", {"email": "zoe@travail.example", "action_add": "1"})

    browser.post("/accounts/confirm-email/", {"code": mailbox.code("zoe@travail.example")})

    assert EmailAddress.objects.filter(user=zoe, email="zoe@travail.example", verified=True).exists()
