"""An institution seals with its own certificate and a key that never leaves its token, as the operator's file says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, sealing
from attesta.credentials.models import Credential, SealingCertificate
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.models import Organization
from attesta.seals import pki, tokens
from attesta.seals.checking import check
from tests.credentials.test_actions import sound
from tests.harness.brought import bring
from tests.harness.pdfs import make_pdf
from tests.harness.softhsm import SoftHsm, softhsm

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(tmp_path: Path) -> Iterator[SoftHsm]:
    with softhsm(tmp_path / "hsm") as found:
        yield found
    tokens.close()


@pytest.fixture
def own(tmp_path: Path, token: SoftHsm, institution: Organization, settings: Settings) -> pki.Authority:
    """The institution's certificate comes from an authority that is not Attesta's."""
    settings.SEALS_DIR = tmp_path / "seals"
    authority, material = bring(tmp_path, institution, settings, token_key="fleuve-2026")
    token.import_key(material.key_pem, label="fleuve-2026")
    (tmp_path / "pin").write_text(token.pin)
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = token.module, token.label
    settings.PKCS11_PIN_FILE = str(tmp_path / "pin")
    return authority


def bytes_of(document: Credential, person: Person) -> bytes:
    found = contents.of_owner(person, document.pk)
    assert found
    return found.original()


def test_trust_26_a_document_is_sealed_through_the_institution_s_token(
    own: pki.Authority, institution: Organization, zoe: Person
) -> None:
    document = actions.issue(**sound(institution))
    told = check(bytes_of(document, zoe), roots=sealing.roots(), now=timezone.now())
    certificate = document.versions.get().certificate
    assert certificate
    assert (told.is_intact, told.is_trusted, certificate.is_local) == (True, True, False)
    assert (told.signer_organization, told.certificate_sha256) == (str(institution.pk), certificate.fingerprint)
    assert own.root in sealing.roots()


def test_a_token_out_of_reach_is_a_sentence_and_changes_nothing(
    own: pki.Authority, institution: Organization, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "pin").write_text("wrong")
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution))
    assert refusal.value.code == Refusal.CANNOT_SEAL
    assert Credential.objects.count() == 0


def test_a_certificate_that_was_revoked_seals_nothing_more(own: pki.Authority, institution: Organization) -> None:
    with pytest.raises(CommandError, match="is revoked, and nothing is sealed"):
        call_command("rotate-seal", "--issuer", institution.slug, "--revoke")
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution))
    assert refusal.value.code == Refusal.CANNOT_SEAL
    assert Credential.objects.count() == 0


def test_a_process_that_kept_a_revoked_certificate_ready_seals_nothing_more(
    own: pki.Authority, institution: Organization
) -> None:
    for text in ("first", "second"):  # by now it is kept ready
        actions.issue(**sound(institution, pdf=make_pdf(text=text)))
    SealingCertificate.objects.update(revoked_at=timezone.now(), retired_at=timezone.now())  # by another process
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, pdf=make_pdf(text="third")))
    assert (refusal.value.code, Credential.objects.count()) == (Refusal.CANNOT_SEAL, 2)


def test_another_institution_seals_with_attesta_s_authority(
    own: pki.Authority, institution: Organization, settings: Settings, zoe: Person
) -> None:
    fields = {"name_fr": "Cégep d’ailleurs", "name_en": "Elsewhere College", "contact_email": "r@elsewhere.example"}
    other = Organization.objects.create(slug="elsewhere", is_issuer=True, **fields)
    settings.KEY_FILES_ALLOWED = False
    with pytest.raises(Refused):
        actions.issue(**sound(other))
    settings.KEY_FILES_ALLOWED = True
    document = actions.issue(**sound(other))
    certificate = document.versions.get().certificate
    assert certificate
    assert certificate.is_local


def test_words_of_a_source_never_show_a_pin(own: pki.Authority, institution: Organization, token: SoftHsm) -> None:
    tools = sealing.means_of(institution)
    assert token.pin not in repr(tools) + repr(dataclasses.fields(tools))
