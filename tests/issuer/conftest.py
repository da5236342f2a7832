"""The desk of Zoé's institution: who works there, in browsers that signed in a moment ago by a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.organizations.models import Membership, Organization, Role
from tests.harness import cast
from tests.harness.pdfs import make_pdf

type SignIn = Callable[[Person], Client]


def with_factor(person: Person) -> Person:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return person


def signed_in_at(person: Person, at: float) -> Client:
    """A browser whose last sign-in was then (seconds since 1970)."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def desk_of(person: Person) -> Client:
    return signed_in_at(with_factor(person), time.time())


def member(institution: Organization, email: str, role: Role) -> Person:
    person = cast.person(email, name=email.split("@", maxsplit=1)[0].title(), language="fr")
    Membership.objects.create(organization=institution, person=person, role=role)
    return person


@pytest.fixture
def registrars(registrar: Person) -> Client:
    """The registrar's browser: may issue."""
    return desk_of(registrar)


@pytest.fixture
def administrators(institution: Organization) -> Client:
    return desk_of(member(institution, "adele@example.org", Role.ADMINISTRATOR))


@pytest.fixture
def readers(institution: Organization) -> Client:
    """May only look."""
    return desk_of(member(institution, "lise@example.org", Role.READER))


@pytest.fixture
def strangers(other_registrar: Person) -> Client:
    """Staff of another institution, as well armed."""
    return desk_of(other_registrar)


@pytest.fixture
def desk(institution: Organization) -> str:
    """Where every page of the institution stands."""
    return f"/issuer/{institution.slug}/"


class Issue(Protocol):
    def __call__(self, name: str, *, email: str = "waiting@example.org", **fields: Any) -> Credential: ...


@pytest.fixture
def issue(institution: Organization, registrar: Person) -> Issue:
    """``issue("Zoé Citoyenne")`` issues her a document, through the action that every document is issued by."""

    def issue(name: str, *, email: str = "waiting@example.org", **fields: Any) -> Credential:
        values: dict[str, Any] = {"title_fr": "Diplôme", "title_en": "Diploma", "issued_on": date(2024, 3, 22)}
        content = make_pdf(text=f"Diplôme {name}")
        return actions.issue(
            issuer=institution, learner_email=email, learner_name=name, pdf=content, by=registrar, **(values | fields)
        )

    return issue
