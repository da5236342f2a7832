"""What a person finds among their documents, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization


@pytest.fixture
def three(zoe: Person, institution: Organization, other_institution: Organization, diploma: Credential) -> None:
    """Beside the diploma of 2024-03-22: one of another institution, one of 2020."""
    make(zoe, other_institution, title_fr="École d’été", title_en="Summer school", issued_on=date(2023, 8, 1))
    make(zoe, institution, title_fr="Zoologie", title_en="Zoology", issued_on=date(2020, 1, 1), number="A_1%")


def make(learner: Person, issuer: Organization, **fields: Any) -> Credential:
    return Credential.objects.create(
        learner=learner,
        learner_email=learner.email,
        issuer=issuer,
        claimed_at="2024-01-01T00:00Z",
        created_at="2024-01-01T00:00Z",
        **fields,
    )


def found(person: Person, text: str) -> set[str]:
    return {document.title_en for document in Credential.objects.owned_by(person).search(text)}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", {"Bachelor’s degree", "Summer school", "Zoology"}),
        ("ECOLE", {"Summer school"}),
        ("d'ete", {"Summer school"}),
        ("summer", {"Summer school"}),
        ("diplôme", {"Bachelor’s degree"}),
        ("bachelor's", {"Bachelor’s degree"}),
        ("université", {"Bachelor’s degree", "Zoology"}),
        ("river zoo", {"Zoology"}),
        ("lakes zoo", set()),
        ("a_1%", {"Zoology"}),
        ("_", {"Zoology"}),
        ("%", {"Zoology"}),
    ],
)
def test_search(text: str, titles: set[str], zoe: Person) -> None:
    assert found(zoe, text) == titles


@pytest.mark.usefixtures("three")
def test_a_stranger_finds_nothing(alex: Person) -> None:
    assert found(alex, "") == set()
    assert found(alex, "zoologie") == set()


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("sort", "language", "titles"),
    [
        ("newest", "fr", ["Bachelor’s degree", "Summer school", "Zoology"]),
        ("oldest", "fr", ["Zoology", "Summer school", "Bachelor’s degree"]),
        ("title", "fr", ["Bachelor’s degree", "Summer school", "Zoology"]),
        ("title", "en", ["Bachelor’s degree", "Summer school", "Zoology"]),
        ("organization", "fr", ["Summer school", "Bachelor’s degree", "Zoology"]),
        ("organization", "en", ["Summer school", "Bachelor’s degree", "Zoology"]),
        ("nonsense", "fr", ["Bachelor’s degree", "Summer school", "Zoology"]),
    ],
)
def test_order(sort: str, language: str, titles: list[str], zoe: Person) -> None:
    rows = Credential.objects.owned_by(zoe).in_order(sort, language)
    assert [document.title_en for document in rows] == titles
