"""Documents go to whoever proved the mailbox they were issued to, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.test import Client

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions, tasks
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from tests.harness.pdfs import make_pdf

OLD = "zoe.citoyenne@ecole.example"


def issued(institution: Organization, email: str = OLD) -> Credential:
    return actions.issue(
        issuer=institution,
        learner_email=email,
        title_fr="Attestation",
        title_en="Letter",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(),
    )


def address(person: Person, email: str = OLD, *, verified: bool) -> EmailAddress:
    return EmailAddress.objects.create(user=person, email=email, verified=verified)


def test_proving_a_mailbox_claims_what_was_issued_to_it(zoe: Person, institution: Organization) -> None:
    first, second = issued(institution), issued(institution, "Zoe.Citoyenne@Ecole.Example")
    other = issued(institution, "someone@ecole.example")
    proved = address(zoe, verified=True)
    email_confirmed.send(EmailAddress, request=None, email_address=proved)
    assert set(Credential.objects.owned_by(zoe)) == {first, second}
    other.refresh_from_db()
    assert other.learner is None
    claimed = Line.objects.filter(verb="claimed")
    assert {line.credential_id for line in claimed} == {first.pk, second.pk}
    assert {(line.owner_id, line.actor_label) for line in claimed} == {(zoe.pk, "Zoé Citoyenne")}


def test_an_address_merely_entered_claims_nothing(zoe: Person, institution: Organization) -> None:
    issued(institution)
    address(zoe, verified=False)
    assert actions.claim(person=zoe, email=OLD) == 0
    assert actions.claim_all(person=zoe) == 0
    assert Credential.objects.get().learner is None


def test_an_address_proved_by_someone_else_claims_nothing(zoe: Person, alex: Person, institution: Organization) -> None:
    issued(institution)
    address(alex, verified=True)
    assert actions.claim(person=zoe, email=OLD) == 0
    assert not Credential.objects.owned_by(zoe).exists()


def test_the_sign_in_address_alone_proves_nothing(db: None, institution: Organization) -> None:
    """A person's address that no EmailAddress row calls verified."""
    stranger = Person.objects.create_user(OLD, "attesta-demo-2026")
    issued(institution)
    Client().force_login(stranger)
    assert Credential.objects.get().learner is None


def test_signing_in_claims_what_slipped_past(zoe: Person, institution: Organization) -> None:
    issued(institution)
    address(zoe, verified=True)
    Client().force_login(zoe)
    assert Credential.objects.owned_by(zoe).count() == 1


def test_the_sweep_claims_what_slipped_past(zoe: Person, institution: Organization) -> None:
    issued(institution)
    address(zoe, verified=True)
    assert tasks.claim_proved() == 1
    assert tasks.claim_proved() == 0
    assert Credential.objects.owned_by(zoe).count() == 1


def test_claimed_documents_are_never_claimed_again(zoe: Person, alex: Person, institution: Organization) -> None:
    document = issued(institution)
    proved = address(zoe, verified=True)
    assert actions.claim(person=zoe, email=OLD) == 1
    proved.delete()
    address(alex, verified=True)
    assert actions.claim(person=alex, email=OLD) == 0
    document.refresh_from_db()
    assert document.learner == zoe
    assert Line.objects.filter(verb="claimed").count() == 1


def test_revoked_documents_are_claimed_too(zoe: Person, institution: Organization) -> None:
    """As tombstones: the learner should know."""
    actions.revoke(credential=issued(institution), reason="Erreur", shown=True)
    address(zoe, verified=True)
    assert actions.claim_all(person=zoe) == 1


@pytest.mark.parametrize("email", ["ZOE.CITOYENNE@ecole.example", OLD])
def test_case_of_an_address_does_not_matter(email: str, zoe: Person, institution: Organization) -> None:
    issued(institution)
    address(zoe, verified=True)
    assert actions.claim(person=zoe, email=email) == 1
