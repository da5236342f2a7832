"""What was issued is found by its bytes, its code or its version, with one statement, at once."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attesta.credentials import actions, register
from attesta.credentials.composing import code as codes
from attesta.credentials.models import Credential, SealingCertificate, Version
from attesta.credentials.rules import Status
from attesta.organizations.models import Organization
from tests.harness.pdfs import PdfMaker

UNKNOWN = "0" * 64


def only(credential: Credential) -> Version:
    return credential.versions.get()


def test_a_file_is_found_by_its_hash(diploma: Credential, institution: Organization) -> None:
    standing = register.of_file(only(diploma).sha256)
    assert standing is not None
    assert (standing.version, standing.credential, standing.issuer) == (only(diploma), diploma, institution)
    assert (standing.status, standing.is_current, standing.current) == (Status.AVAILABLE, True, 1)
    assert (standing.learner_name, standing.issuer.name_en) == ("Zoé Citoyenne", "River University")


def test_another_hash_is_not(diploma: Credential) -> None:
    assert register.of_file(UNKNOWN) is None


def test_one_statement_tells_everything(diploma: Credential, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sha256 = only(diploma).sha256
    with django_assert_num_queries(1):
        standing = register.of_file(sha256)
        assert standing is not None
        assert standing.credential.issuer.contact_email == "registraire@fleuve.example"
        assert str(standing.version.credential.title("fr")) == "Diplôme de baccalauréat"
        assert standing.version.certificate is None or standing.version.certificate.fingerprint


def test_an_older_version_is_known_as_such(diploma: Credential, pdf: PdfMaker) -> None:
    first = only(diploma).sha256
    actions.update(credential=diploma, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    standing = register.of_file(first)
    assert standing is not None
    assert (standing.is_current, standing.version.number, standing.current) == (False, 1, 2)
    assert standing.status == Status.UPDATED


def test_revoked_and_expired_are_told(diploma: Credential) -> None:
    Credential.objects.filter(pk=diploma.pk).update(expires_on=date(2024, 4, 1))
    sha256 = only(diploma).sha256
    expired = register.of_file(sha256)
    actions.revoke(credential=diploma, reason="Émis par erreur", shown=True)
    revoked = register.of_file(sha256)
    assert expired is not None
    assert revoked is not None
    assert (expired.status, revoked.status) == (Status.EXPIRED, Status.REVOKED)


def test_of_the_same_bytes_issued_twice_the_one_that_holds_is_told(diploma: Credential) -> None:
    again = twin(diploma)
    actions.revoke(credential=again, reason="En double", shown=False)
    standing = register.of_file(only(diploma).sha256)
    assert standing is not None
    assert standing.credential == diploma


def twin(credential: Credential) -> Credential:
    """Another credential of the very same file."""
    version, other = only(credential), Credential.objects.get(pk=credential.pk)
    other.pk, other.code = uuid.uuid4(), None
    other.save(force_insert=True)
    version.pk, version.credential = uuid.uuid4(), other
    version.save(force_insert=True)
    return other


@pytest.mark.parametrize("typed", ["K7QX-93FM-2C8T-0RZH-NDW{}", "k7qx93fm2c8t0rzhndw{}", " K7QX 93FM 2C8T ORZH NDW{} "])
def test_a_code_is_found_however_it_is_typed(diploma: Credential, pdf: PdfMaker, typed: str) -> None:
    code = with_check("K7QX-93FM-2C8T-0RZH-NDW")
    Credential.objects.filter(pk=diploma.pk).update(code=code)
    diploma.refresh_from_db()
    actions.update(credential=diploma, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    standing = register.of_code(typed.format(code[-1]))
    assert standing is not None
    assert (standing.credential, standing.version.number) == (diploma, 2)


def with_check(start: str) -> str:
    return next(start + last for last in codes.ALPHABET if codes.normal(start + last))


@pytest.mark.parametrize("typed", ["", "K7QX", "x" * 10_000, "K7QX-93FM-2C8T-0RZH-NDW?", "\0", "☃" * 20])
def test_no_code_is_no_code(db: None, typed: str) -> None:
    assert register.of_code(typed) is None


def test_a_version_is_found_by_its_number(diploma: Credential) -> None:
    standing = register.of_version(only(diploma).pk)
    assert standing is not None
    assert standing.version == only(diploma)
    assert register.of_version(uuid.uuid4()) is None


def test_a_certificate_is_found_by_its_fingerprint(institution: Organization) -> None:
    made = SealingCertificate.objects.create(
        organization=institution, fingerprint="ab" * 32, chain=b"", is_local=True, created_at=timezone.now()
    )
    assert register.certificate("ab" * 32) == made
    assert register.certificate(UNKNOWN) is None


def test_it_is_one_look_up(diploma: Credential, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sha256 = only(diploma).sha256
    with django_assert_num_queries(1):
        assert register.of_file(sha256)
