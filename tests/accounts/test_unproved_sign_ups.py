"""A sign-up whose mailbox nobody proved holds nothing: the mailbox's owner comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from attesta.accounts import actions as people
from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from tests.accounts import mailbox
from tests.accounts.test_sign_up import answers, seen
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


def test_trust_21_a_reset_answers_and_writes_as_for_an_unknown_address(db: None) -> None:
    squat(NOE)
    letters = []
    for address in (NOE, "nobody@example.org"):
        browser = Client(headers={"Accept-Language": "en"})
        pages = [browser.post("/accounts/password/reset/", {"email": address})]
        pages += [browser.post("/accounts/password/reset/confirm/", {"code": "XXXX-XXXX"}) for _ in range(3)]
        letter = mailbox.letters(address)[-1]
        letters.append((letter.kind, letter.language, letter.subject_id, [seen(page, address) for page in pages]))

    assert letters[0] == letters[1]
    assert letters[0][:3] == ("accounts.no-account", "en", None)


def test_trust_21_a_second_sign_up_is_answered_as_a_first(db: None) -> None:
    squat(NOE)
    now = timezone.now() + timedelta(minutes=1)
    again = [seen(answer, NOE) for answer in answers(NOE, now)]
    cache.clear()

    assert again == [seen(answer, "new@example.org") for answer in answers("new@example.org", now)]


def test_whoever_signs_up_anew_comes_first(db: None) -> None:
    squatter = Client()
    squatter.post("/accounts/signup/", {"name": "Quelqu’un", "email": NOE, "password1": SQUATTERS})
    cache.clear()
    owner = Client()
    owner.post("/accounts/signup/", {"name": "Noé", "email": NOE, "password1": OWN})

    answer = owner.post("/accounts/confirm-email/", {"code": mailbox.code(NOE)})

    assert answer["Location"] == "/documents/"
    person = Person.objects.get()
    assert (person.name, check_password(OWN, person.password)) == ("Noé", True)
    squatter.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"})
    assert squatter.get("/documents/").status_code == 302


def test_a_sign_up_that_is_refused_forgets_nobody(db: None) -> None:
    squat(NOE)
    Client().post("/accounts/signup/", {"name": "Noé", "email": NOE, "password1": "trop court"})

    assert check_password(SQUATTERS, Person.objects.get().password)


def test_an_operator_s_new_account_takes_the_place_of_an_unproved_sign_up(db: None) -> None:
    squat(NOE)

    person = people.create(email=NOE, name="Noé", language="fr", proved=False)

    assert [person] == list(Person.objects.all())


def test_a_reset_that_proves_a_first_mailbox_closes_every_older_way_in(institution: Organization) -> None:
    """An account that is kept, since it belongs to an institution's staff, and whose mailbox nobody proved yet."""
    squat(NOE)
    person = Person.objects.get()
    person.memberships.create(organization=institution)
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    squatter = Client()
    squatter.force_login(person)
    assert squatter.get("/account/").status_code == 200
    owner = Client()
    owner.post("/accounts/password/reset/", {"email": NOE})

    owner.post("/accounts/password/reset/confirm/", {"code": mailbox.code(NOE)})

    person.refresh_from_db()
    assert EmailAddress.objects.get(user=person).verified
    assert not person.has_usable_password()
    assert not Authenticator.objects.exists()
    assert squatter.get("/account/").status_code == 302
    assert owner.post("/accounts/password/reset/complete/", {"password1": OWN}).status_code == 302
    person.refresh_from_db()
    assert check_password(OWN, person.password)
