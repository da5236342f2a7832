"""An institution brings its own certificate with a key in a file; what is wrong with its files burns nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from attesta.credentials import actions, sealing
from attesta.credentials.batches import actions as batches
from attesta.credentials.batches import checking, tasks
from attesta.credentials.models import Batch, BatchState, Credential, RowState, SealingCertificate
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.models import Organization
from attesta.seals import pki
from attesta.seals.pki import FileMaterial
from tests.credentials.batches import files
from tests.credentials.test_actions import sound
from tests.harness.brought import bring
from tests.harness.pdfs import make_pdf
from tests.verifier.conftest import Verifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, institution: Organization, settings: Settings) -> pki.Authority:
    settings.SEALS_DIR = tmp_path / "seals"
    return bring(tmp_path, institution, settings)[0]


def material(authority: pki.Authority, organization_id: UUID) -> FileMaterial:
    return authority.new_sealing(organization_id=organization_id, name_fr="Fleuve", name_en="River", now=timezone.now())


def test_a_half_written_certificate_is_a_sentence_and_burns_no_batch(
    own: pki.Authority, institution: Organization, tmp_path: Path, two_pdfs: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = (tmp_path / "chain.pem").read_bytes()
    (tmp_path / "chain.pem").write_bytes(chain[: len(chain) // 4])
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution))
    assert refusal.value.code == Refusal.CANNOT_SEAL
    batches.start(batch=two_pdfs, by=two_pdfs.created_by)
    assert tasks.work() == 0
    assert set(two_pdfs.rows.values_list("state", flat=True)) == {RowState.WAITING}
    (tmp_path / "chain.pem").write_bytes(chain)
    monkeypatch.setattr(tasks, "_resting", {})
    assert tasks.work() == 2
    two_pdfs.refresh_from_db()
    assert (two_pdfs.state, two_pdfs.issued_count) == (BatchState.DONE, 2)


@pytest.fixture
def two_pdfs(own: pki.Authority, institution: Organization) -> Batch:
    batch = batches.hand_in(issuer=institution, form="zip", file=files.pdfs(2), file_name="lot.zip", by=None)
    return checking.check(batch)


def test_a_key_that_does_not_belong_to_the_chain_retires_no_certificate(
    own: pki.Authority, institution: Organization, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    actions.issue(**sound(institution))
    (tmp_path / "chain.pem").write_bytes(material(own, institution.pk).chain_pem)
    sealing.means._kept.clear()  # as five minutes later
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, pdf=make_pdf(text="second")))
    assert (refusal.value.code, Credential.objects.count()) == (Refusal.CANNOT_SEAL, 1)
    assert list(SealingCertificate.objects.values_list("retired_at", flat=True)) == [None]
    assert f"of {institution.slug} cannot be used: The key does not belong to the first certificate" in caplog.text


def test_rotating_a_broken_certificate_is_a_sentence(
    own: pki.Authority, institution: Organization, tmp_path: Path
) -> None:
    (tmp_path / "chain.pem").write_text("-----BEGIN CERTIFICATE-----\nMII")
    with pytest.raises(CommandError):
        call_command("rotate-seal", "--issuer", institution.slug, "--revoke")


@pytest.mark.parametrize("broken", ["root", "entry"])
def test_the_verifier_answers_whatever_is_wrong_with_an_institution_s_files(
    own: pki.Authority,
    tmp_path: Path,
    settings: Settings,
    verifier: Verifier,
    caplog: pytest.LogCaptureFixture,
    broken: str,
) -> None:
    sealing.prepare()
    assert len(sealing.roots()) == 2
    if broken == "root":
        (tmp_path / "root.pem").write_text("-----BEGIN CERTIFICATE-----\nMII")
    else:
        (tmp_path / "other.toml").write_text("[lacs]\nchain = 1\n")
        settings.SEALS_FILE = str(tmp_path / "other.toml")
    caplog.set_level(logging.ERROR)
    assert len(sealing.roots()) == 1
    assert [verifier.get("/verify/roots/").status_code, verifier.bring(make_pdf()).status_code] == [200, 200]
    assert "left out" in caplog.text


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(headers={"accept-language": "en"})
