"""The cast and its props: every room's tests tell stories with these people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from attesta.accounts.models import Person
from attesta.organizations.models import Membership, Organization, Role
from attesta.vault import keys
from tests.harness.pdfs import PdfMaker, make_pdf

PASSWORD = "attesta-demo-2026"


def pytest_configure(config: pytest.Config) -> None:
    """Every process has keys before its first test."""
    keys.create(settings.KEYS_DIR)


def make_person(email: str, **fields: Any) -> Person:
    """A person with a proved mailbox and the demonstration's password."""
    person = Person.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def zoe(db: None) -> Person:
    """The learner and owner; reads French."""
    return make_person("zoe@example.org", name="Zoé Citoyenne", language="fr")


@pytest.fixture
def alex(db: None) -> Person:
    """Another learner, the stranger to everything of Zoé's; reads English."""
    return make_person("alex@example.org", name="Alex Tremblay", language="en")


@pytest.fixture
def institution(db: None) -> Organization:
    return Organization.objects.create(
        slug="universite-du-fleuve",
        name_fr="Université du Fleuve",
        name_en="River University",
        unit_fr="Bureau du registraire",
        unit_en="Office of the Registrar",
        contact_email="registraire@fleuve.example",
        contact_phone="418 555-0100",
        is_issuer=True,
    )


@pytest.fixture
def other_institution(db: None) -> Organization:
    return Organization.objects.create(
        slug="college-des-lacs",
        name_fr="Collège des Lacs",
        name_en="Lakes College",
        unit_fr="Service des dossiers scolaires",
        unit_en="Student Records",
        contact_email="dossiers@lacs.example",
        is_issuer=True,
    )


@pytest.fixture
def registrar(institution: Organization) -> Person:
    """Staff of Zoé's institution."""
    person = make_person("registrar@example.org", name="Rémi Registraire", language="fr")
    Membership.objects.create(organization=institution, person=person, role=Role.ISSUER)
    return person


@pytest.fixture
def operator(db: None) -> Person:
    """Runs the service: the operators' view, nobody's documents."""
    return make_person("operator@example.org", name="Odile Opératrice", is_staff=True, is_superuser=True)


@pytest.fixture
def pdf() -> PdfMaker:
    return make_pdf


@pytest.fixture
def diploma(zoe: Person, institution: Organization, registrar: Person, pdf: PdfMaker) -> Any:
    """A two-page diploma of Zoé's, issued through the same action as every document."""
    return import_module("attesta.credentials.actions").issue(
        issuer=institution,
        learner_email=zoe.email,
        learner_name=zoe.name,
        title_fr="Diplôme de baccalauréat",
        title_en="Bachelor's degree",
        issued_on=date(2024, 3, 22),
        pdf=pdf(pages=2, text="Diplôme de baccalauréat"),
        by=registrar,
    )


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    """``signed_in(zoe)`` is a browser of hers."""

    def sign_in(person: Person) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return sign_in
