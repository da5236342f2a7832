"""Institutions and who acts for them."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from attesta.accounts.models import Person
from attesta.organizations import actions
from attesta.organizations.models import Membership, Organization, Role

pytestmark = pytest.mark.django_db
SOUND: dict[str, Any] = {
    "slug": "fleuve",
    "is_issuer": True,
    "name_fr": "Université du Fleuve",
    "name_en": "River University",
    "contact_email": "registraire@fleuve.example",
}


def test_create_keeps_both_languages() -> None:
    institution = actions.create(**SOUND, unit_fr="Bureau du registraire", website_en="https://fleuve.example/en")
    assert [institution.name("fr"), institution.name("en")] == ["Université du Fleuve", "River University"]
    assert [institution.unit("fr"), institution.unit("en")] == ["Bureau du registraire", ""]
    assert [institution.website("fr"), institution.website("en")] == ["", "https://fleuve.example/en"]
    assert (institution.folded_fr, institution.folded_en) == ("universite du fleuve", "river university")


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "le fleuve"},
        {"slug": ""},
        {"name_fr": ""},
        {"name_en": ""},
        {"contact_email": "registraire"},
        {"website_fr": "javascript:alert(1)"},
        {"is_issuer": False},
    ],
)
def test_create_refuses_what_is_not_sound(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        actions.create(**{**SOUND, **change})
    assert Organization.objects.count() == 0


def test_create_knows_its_fields() -> None:
    with pytest.raises(TypeError, match="no password"):
        actions.create(**SOUND, password="x")


def test_an_organization_without_a_part_cannot_exist(institution: Organization) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.update(is_issuer=False)


def test_a_person_acts_in_one_role(institution: Organization, zoe: Person) -> None:
    actions.add_member(organization=institution, person=zoe, role=Role.READER)
    actions.add_member(organization=institution, person=zoe, role=Role.ADMINISTRATOR)
    assert [str(member) for member in Membership.objects.all()] == [
        "Zoé Citoyenne · Université du Fleuve · administrator"
    ]


def test_named_by_slug_or_id(institution: Organization, other_institution: Organization) -> None:
    assert Organization.objects.named("universite-du-fleuve").get() == institution
    assert Organization.objects.named(str(institution.pk)).get() == institution
    assert not Organization.objects.named("nowhere").exists()


def test_only_issuers_are_issuers(institution: Organization) -> None:
    Organization.objects.update(is_issuer=False, is_receiver=True)
    assert not Organization.objects.issuers().exists()


def test_create_institution_prints_id_and_short_name() -> None:
    out = StringIO()
    names = ["--name-fr", "Université", "--name-en", "University", "--contact-email", "r@fleuve.example"]
    call_command("create-institution", "fleuve", *names, stdout=out)
    institution = Organization.objects.get()
    assert out.getvalue() == f"{institution.pk}\nfleuve\n"
    assert institution.is_issuer
    with pytest.raises(
        CommandError, match=r"slug: Institution with this Short name already exists\. Nothing was changed\."
    ):
        call_command("create-institution", "fleuve", *names)
    assert Organization.objects.count() == 1
