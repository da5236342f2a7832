"""Makes the people and documents that every test's story uses, in whatever database is configured."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.organizations.models import Membership, Organization, Role
from tests.harness.pdfs import make_pdf
from tests.harness.server import PASSWORD


def person(email: str, **fields: Any) -> Person:
    """A person with a proved mailbox and the demonstration's password."""
    made = Person.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def zoe() -> Person:
    """The learner and owner; reads French."""
    return person("zoe@example.org", name="Zoé Citoyenne", language="fr")


def alex() -> Person:
    """Another learner, a stranger to everything of Zoé's; reads English."""
    return person("alex@example.org", name="Alex Tremblay", language="en")


def operator() -> Person:
    """Runs the service: the operators' view, nobody's documents."""
    return person("operator@example.org", name="Odile Opératrice", is_staff=True)


def registrar(institution: Organization, email: str = "registrar@example.org") -> Person:
    """Staff of ``institution`` who issue."""
    made = person(email, name="Rémi Registraire", language="fr")
    Membership.objects.create(organization=institution, person=made, role=Role.ISSUER)
    return made


def institution() -> Organization:
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


def other_institution() -> Organization:
    return Organization.objects.create(
        slug="college-des-lacs",
        name_fr="Collège des Lacs",
        name_en="Lakes College",
        unit_fr="Service des dossiers scolaires",
        unit_en="Student Records",
        contact_email="dossiers@lacs.example",
        is_issuer=True,
    )


def diploma(learner: Person, issuer: Organization, *, by: Person | None = None, pages: int = 2) -> Credential:
    """A diploma issued to the learner's proved mailbox, and so already claimed."""
    return actions.issue(
        issuer=issuer,
        learner_email=learner.email,
        learner_name=learner.name,
        title_fr="Diplôme de baccalauréat",
        title_en="Bachelor’s degree",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(pages=pages, text="Diplôme de baccalauréat"),
        by=by,
        as_given=True,
    )
