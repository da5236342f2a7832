from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from attesta.accounts import actions, tasks
from attesta.accounts.models import Person


def test_create_makes_a_person_whose_mailbox_is_proved_and_says_so(db: None) -> None:
    told: list[str] = []

    def listen(email_address: EmailAddress, **_: object) -> None:
        told.append(email_address.email)

    email_confirmed.connect(listen)
    try:
        person = actions.create(email=" Zoe@Example.org", name="Zoé", language="fr", password="attesta-demo-2026")
    finally:
        email_confirmed.disconnect(listen)

    assert (person.email, person.check_password("attesta-demo-2026")) == ("zoe@example.org", True)
    address = person.emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("zoe@example.org", True, True)
    assert told == ["zoe@example.org"]


@pytest.mark.parametrize("email", ["zoe@example.org", "ZOE@example.org", "zoe@work.example"])
def test_create_refuses_an_address_that_is_taken(zoe: Person, email: str) -> None:
    zoe.emailaddress_set.create(email="zoe@work.example")

    with pytest.raises(actions.AddressTaken):
        actions.create(email=email, name="Zoé", language="fr")
    assert Person.objects.count() == 1


def test_create_refuses_a_language_we_do_not_speak(db: None) -> None:
    with pytest.raises(ValueError, match="de"):
        actions.create(email="new@example.org", name="Neu", language="de")
    assert Person.objects.count() == 0


PREFERENCES: dict[str, Any] = {
    "name": "Zoé C.",
    "language": "en",
    "time_zone": "America/Vancouver",
    "wants_notices": False,
}


def test_preferences_are_saved_together(zoe: Person) -> None:
    assert actions.save_preferences(person=zoe, version=zoe.version, **PREFERENCES)

    saved = Person.objects.get()
    assert {name: getattr(saved, name) for name in PREFERENCES} == PREFERENCES
    assert saved.version == 2


def test_trust_35_stale_preferences_overwrite_nothing(zoe: Person) -> None:
    actions.choose_language(person=zoe, language="en")

    assert not actions.save_preferences(person=zoe, version=1, **PREFERENCES | {"language": "fr"})

    saved = Person.objects.get()
    assert (saved.name, saved.language) == ("Zoé Citoyenne", "en")
    assert (zoe.language, zoe.version) == ("en", 2)


def test_preferences_refuse_a_zone_that_does_not_exist(zoe: Person) -> None:
    with pytest.raises(ValueError, match="America/Atlantis"):
        actions.save_preferences(person=zoe, version=1, **PREFERENCES | {"time_zone": "America/Atlantis"})


def test_the_worker_forgets_sign_ups_that_nobody_proved(zoe: Person, client: Client) -> None:
    form = {"name": "Noé", "email": "noe@example.org", "password1": "quatre érables sous la neige"}
    client.post("/accounts/signup/", form)
    actions.create(email="invited@example.org", name="Invitée", language="fr", proved=False)
    now = timezone.now()

    tasks.tidy(now=now + timedelta(days=1))
    assert Person.objects.filter(email="noe@example.org").exists()
    tasks.tidy(now=now + timedelta(days=2, seconds=1))

    assert set(Person.objects.values_list("email", flat=True)) == {"zoe@example.org", "invited@example.org"}
    assert client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}).status_code in (200, 302)


def test_create_person_makes_an_account_without_a_password(db: None) -> None:
    out = StringIO()

    call_command("create-person", "remi@example.org", "Rémi Registraire", "--language", "en", stdout=out)

    person = Person.objects.get()
    assert (person.email, person.language, person.has_usable_password()) == ("remi@example.org", "en", False)
    assert (person.is_staff, person.emailaddress_set.get().verified) == (False, False)
    assert "http://localhost:8000/accounts/password/reset/" in out.getvalue()


def test_create_person_makes_an_operator(db: None) -> None:
    call_command("create-person", "odile@example.org", "Odile Opératrice", "--operator", stdout=StringIO())

    assert Person.objects.get().is_staff


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("zoe@example.org", "Quelqu’un"),
        ("not an address", "Quelqu’un"),
        (f"{'n' * 243}@example.org", "Quelqu’un"),
        ("noe@example.org", " \u200b"),
        ("noe@example.org", "é" * 151),
    ],
)
def test_create_person_says_why_it_made_nothing(zoe: Person, email: str, name: str) -> None:
    with pytest.raises(CommandError, match="nothing was made"):
        call_command("create-person", email, name, stdout=StringIO())
    assert Person.objects.count() == 1
