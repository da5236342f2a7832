"""What institutions issue leaves sealed, with keys that rotate and can be revoked."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, pdf_child, sealing
from attesta.credentials.models import Credential, SealingCertificate
from attesta.credentials.refusals import SENTENCES
from attesta.credentials.rules import Refusal, Refused
from attesta.credentials.sealing import means
from attesta.organizations.models import Organization
from attesta.seals import cleaning, preparing
from attesta.seals import pdf as seals
from attesta.seals.checking import check
from attesta.seals.report import Report
from tests.credentials import files
from tests.credentials.test_actions import sound
from tests.harness.pdfs import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"


def bytes_of(document: Credential, person: Person) -> bytes:
    found = contents.of_owner(person, document.pk)
    assert found
    return found.original()


def report(pdf: bytes) -> Report:
    return check(pdf, roots=sealing.roots(), crls=sealing.crls(), now=timezone.now())


def test_an_uploaded_pdf_leaves_sealed_by_its_institution(zoe: Person, institution: Organization) -> None:
    document = actions.issue(**sound(institution, pdf=make_pdf(text="Relevé")))
    pdf = bytes_of(document, zoe)
    version = document.versions.get()
    told = report(pdf)
    assert told.is_intact
    assert told.is_trusted
    assert told.signer_organization == str(institution.pk)
    assert told.location == f"http://localhost:8000/verify/{document.code}?v={version.pk}"
    assert (version.sha256, version.size) == (sha256(pdf).hexdigest(), len(pdf))
    assert version.certificate and version.certificate.fingerprint == told.certificate_sha256


def test_the_same_file_again_under_its_number_is_the_same_document(institution: Organization) -> None:
    first = actions.issue(**sound(institution, number="A-1"))
    again = actions.issue(**sound(institution, number="A-1"))
    assert (first, Credential.objects.count()) == (again, 1)
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, number="A-1", pdf=make_pdf(text="other")))
    assert refusal.value.code == Refusal.NUMBER_TAKEN


def test_a_file_that_is_sealed_already_is_refused_or_kept_as_given(zoe: Person, institution: Organization) -> None:
    sealed = bytes_of(actions.issue(**sound(institution)), zoe)
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, pdf=sealed))
    assert refusal.value.code == Refusal.ALREADY_SIGNED
    kept = actions.issue(**sound(institution, pdf=sealed, as_given=True))
    assert bytes_of(kept, zoe) == sealed


def test_what_an_old_key_sealed_stays_valid_after_rotation(zoe: Person, institution: Organization) -> None:
    old = actions.issue(**sound(institution))
    before = sealing.current(institution)
    after = sealing.rotate(issuer=institution)
    new = actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    before.refresh_from_db()
    assert (before.retired_at is None, after.retired_at) == (False, None)
    assert [document.versions.get().certificate for document in (old, new)] == [before, after]
    assert [report(bytes_of(document, zoe)).is_trusted for document in (old, new)] == [True, True]


def test_a_renamed_institution_seals_under_its_new_name_and_what_it_sealed_stays_valid(
    zoe: Person, institution: Organization
) -> None:
    old = actions.issue(**sound(institution))
    institution.name_fr = "Université du Grand-Fleuve"
    institution.save()
    new = actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    told = [report(bytes_of(document, zoe)) for document in (old, new)]
    assert [each.signer_name for each in told] == ["Université du Fleuve", "Université du Grand-Fleuve"]
    assert [each.is_trusted for each in told] == [True, True]
    first, second = (document.versions.get().certificate for document in (old, new))
    assert first and second
    assert (first.retired_at is None, first.revoked_at, second.retired_at) == (False, None, None)


def test_after_a_revocation_the_next_seal_has_a_new_key(institution: Organization) -> None:
    actions.issue(**sound(institution))
    lost = sealing.current(institution)
    sealing.revoke(certificate=lost)
    document = actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    lost.refresh_from_db()
    certificate = document.versions.get().certificate
    assert certificate and certificate != lost
    assert lost.revoked_at
    assert SealingCertificate.objects.filter(retired_at=None).get() == certificate


def test_active_content_is_taken_out_and_told(zoe: Person, institution: Organization) -> None:
    document = actions.issue(**sound(institution, pdf=files.with_javascript()))
    assert document.versions.get().removed == ["javascript"]
    assert b"/JavaScript" not in bytes_of(document, zoe)


def test_trust_26_keys_in_files_are_refused_unless_they_are_allowed(
    institution: Organization, settings: Settings
) -> None:
    settings.KEY_FILES_ALLOWED = False
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution))
    assert refusal.value.code == Refusal.CANNOT_SEAL
    assert Credential.objects.count() == 0


def test_every_refusal_of_the_confined_program_has_its_sentence() -> None:
    codes = {code for code in cleaning_codes() if code not in {refusal.value for refusal in SENTENCES}}
    assert codes == set()


def cleaning_codes() -> set[str]:
    """As they stand in the program's source."""
    sources = (Path(module.__file__ or "").read_text() for module in (cleaning, preparing, pdf_child))
    raised = r'(?:Unsealable|Unpreparable)\("([\w-]+)"\)|return "([a-z-]+)"'
    return {code for source in sources for pair in re.findall(raised, source) for code in pair if code}


def test_without_its_old_authority_nothing_is_sealed_by_a_new_one(
    institution: Organization, settings: Settings, tmp_path: Path
) -> None:
    actions.issue(**sound(institution))
    settings.SEALS_DIR = tmp_path / "lost"
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    assert refusal.value.code == Refusal.CANNOT_SEAL
    assert not (tmp_path / "lost").exists()


def test_roots_are_told_also_where_key_files_are_no_longer_allowed(
    institution: Organization, settings: Settings
) -> None:
    actions.issue(**sound(institution))
    before = sealing.roots()
    settings.KEY_FILES_ALLOWED = False
    assert (len(before), sealing.roots()) == (1, before)


def test_a_seal_made_after_its_key_was_revoked_is_none(zoe: Person, institution: Organization) -> None:
    """Whoever stole the key seals on, with the old lists inside."""
    actions.issue(**sound(institution))
    stolen = means.means_of(institution)
    before = actions.issue(**sound(institution, pdf=make_pdf(text="before")))
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        sealing.revoke(certificate=stolen.certificate)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        forged = seals.seal(
            make_pdf(text="forged"),
            signer=stolen.signer,
            stamper=stolen.stamper,
            evidence=stolen.evidence,
            label="x",
            reason="x",
            location="x",
            at=timezone.now(),
            name="x",
        )
        assert [report(pdf).is_trusted for pdf in (forged, bytes_of(before, zoe))] == [False, True]
