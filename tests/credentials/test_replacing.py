"""The keys of Attesta's own authority are known to others: a new one takes its place, and the old seals no more."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, sealing
from attesta.credentials.models import Credential, SealingCertificate
from attesta.credentials.rules import Refused
from attesta.credentials.sealing import authority
from attesta.organizations.models import Organization
from attesta.seals import pdf as seals
from attesta.seals import pki
from attesta.seals.checking import check
from attesta.seals.evidence import Evidence
from attesta.seals.report import Verdict
from attesta.seals.signers import FileSigner, Signer
from attesta.seals.timestamps import Stamper
from attesta.verifier import verification
from attesta.verifier.rules import Conclusion
from tests.credentials.test_actions import sound
from tests.harness.brought import bring
from tests.harness.pdfs import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SEALS_DIR = tmp_path / "seals"
    return tmp_path / "seals"


def replaced() -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        call_command("new-authority", "--replace")


def bytes_of(document: Credential, person: Person) -> bytes:
    found = contents.of_owner(person, document.pk)
    assert found
    return found.original()


def conclusion(pdf: bytes) -> Conclusion:
    return verification.of_file(pdf, now=timezone.now() + timedelta(hours=1)).conclusion


def is_trusted(pdf: bytes) -> bool:
    now = timezone.now() + timedelta(hours=1)
    return check(pdf, roots=sealing.roots(), crls=sealing.crls(), now=now).is_trusted


def forged(signer: Signer, stamper: Stamper, evidence: Evidence) -> bytes:
    said: dict[str, Any] = {"label": "x", "reason": "x", "location": "x", "at": timezone.now(), "name": "x"}
    return seals.seal(make_pdf(text="Doctorat"), signer=signer, stamper=stamper, evidence=evidence, **said)


def test_the_institution_seals_again_under_the_new_root_and_old_documents_stay_known(
    zoe: Person, institution: Organization
) -> None:
    old = actions.issue(**sound(institution, number="A-1"))
    before = sealing.roots()
    replaced()
    new = actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    assert len(sealing.roots()) == 1
    assert sealing.roots() != before
    assert [conclusion(bytes_of(each, zoe)) for each in (old, new)] == [Conclusion.CURRENT] * 2
    assert [is_trusted(bytes_of(each, zoe)) for each in (old, new)] == [False, True]
    certificates = SealingCertificate.objects.order_by("created_at").values_list("revoked_at", "retired_at")
    assert [(revoked is None, retired is None) for revoked, retired in certificates] == [(False, False), (True, True)]
    with pytest.raises(Refused):
        actions.issue(**sound(institution, number="A-1", pdf=make_pdf(text="again")))
    actions.update(credential=old, pdf=make_pdf(text="again"), reason="New seal")
    assert is_trusted(bytes_of(old, zoe))


def test_what_the_old_keys_seal_is_trusted_no_more(institution: Organization, tmp_path: Path, folder: Path) -> None:
    actions.issue(**sound(institution))
    stolen, tools = tmp_path / "stolen", sealing.means_of(institution)
    shutil.copytree(folder, stolen)
    replaced()
    thief, now = pki.Authority.open(stolen), timezone.now()
    material = thief.new_sealing(organization_id=institution.pk, name_fr="Fleuve", name_en="River", now=now)
    signer = FileSigner.from_pem(material.key_pem, material.chain_pem)
    stamper = thief.stamper(lambda: now)
    for pdf in (
        forged(tools.signer, tools.stamper, tools.evidence),
        forged(signer, stamper, thief.evidence(now, signer.chain)),
    ):
        assert (is_trusted(pdf), conclusion(pdf)) == (False, Conclusion.ALTERED)


def test_an_authority_that_is_lost_is_replaced_too(institution: Organization, folder: Path, zoe: Person) -> None:
    actions.issue(**sound(institution))
    shutil.rmtree(folder)
    with pytest.raises(Refused):
        actions.issue(**sound(institution, pdf=make_pdf(text="new")))
    replaced()
    assert is_trusted(bytes_of(actions.issue(**sound(institution, pdf=make_pdf(text="new"))), zoe))


def test_the_old_folder_is_set_aside_whole(institution: Organization, folder: Path) -> None:
    actions.issue(**sound(institution))
    root = authority.opened().root
    replaced()
    [aside] = folder.parent.glob("seals.replaced-*")
    assert pki.Authority.open(aside).root == root
    assert sorted(folder.parent.glob("seals*")) == [folder, aside]


def test_an_institution_s_own_key_has_its_time_from_the_new_authority_at_once(
    institution: Organization, settings: Settings, tmp_path: Path, zoe: Person
) -> None:
    bring(tmp_path, institution, settings, lists=False)
    actions.issue(**sound(institution))
    replaced()
    new = bytes_of(actions.issue(**sound(institution, pdf=make_pdf(text="new"))), zoe)
    told = check(new, roots=sealing.roots(), now=timezone.now() + timedelta(hours=1))
    assert told["time"].verdict == Verdict.YES
    assert SealingCertificate.objects.get().revoked_at is None


def test_without_the_word_nothing_changes(institution: Organization, settings: Settings) -> None:
    actions.issue(**sound(institution))
    before = sealing.roots(), SealingCertificate.objects.get().revoked_at
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("new-authority")
    assert (sealing.roots(), SealingCertificate.objects.get().revoked_at) == before
