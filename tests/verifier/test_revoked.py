"""A key may be known to others: what Attesta noted counts at once, whatever the lists of an authority still say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from attesta.credentials import sealing
from attesta.credentials.models import Credential
from attesta.credentials.sealing import means
from attesta.credentials.sealing.means import Means
from attesta.organizations.models import Organization
from attesta.seals import pdf as seals
from attesta.seals import pki
from attesta.seals.renewal import renew
from attesta.seals.report import Verdict
from attesta.verifier import verification
from attesta.verifier.rules import Conclusion
from tests.harness.brought import bring
from tests.harness.pdfs import make_pdf
from tests.verifier.conftest import Verifier, headline, original, text

HOUR = timedelta(hours=1)
REVOKED = "The certificate had been revoked: seals made with it are no longer to be trusted."


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, institution: Organization, settings: Settings) -> None:
    """The institution's certificate is of another authority, whose lists nobody fetches in this story."""
    settings.SEALS_DIR = tmp_path / "seals"
    bring(tmp_path, institution, settings)


@pytest.fixture
def stolen(db: None, own_key: None, institution: Organization) -> Means:
    return means.means_of(institution)


def sealed_by_thief(stolen: Means, location: str = "x") -> bytes:
    said: dict[str, Any] = {"label": "x", "reason": "x", "location": location, "at": timezone.now(), "name": "x"}
    return seals.seal(
        make_pdf(text="Doctorat"), signer=stolen.signer, stamper=stolen.stamper, evidence=stolen.evidence, **said
    )


def concluded(pdf: bytes) -> tuple[Conclusion, Verdict]:
    answer = verification.of_file(pdf, now=timezone.now())
    assert answer.report
    return answer.conclusion, answer.report["certificate-revocation"].verdict


def test_a_seal_made_after_its_certificate_was_revoked_is_not_to_be_relied_on(
    verifier: Verifier, stolen: Means
) -> None:
    before = sealed_by_thief(stolen)
    assert concluded(before) == (Conclusion.OUTSIDE, Verdict.YES)
    with time_machine.travel(timezone.now() + HOUR):
        sealing.revoke(certificate=stolen.certificate)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        after = sealed_by_thief(stolen)
        assert concluded(after) == (Conclusion.BROKEN, Verdict.NO)
        assert concluded(before) == (Conclusion.OUTSIDE, Verdict.ATTENTION)
        answer = verifier.bring(after)
        assert headline(answer).startswith("Do not rely on it")
        assert REVOKED in text(answer)
        assert "ask the institution" in text(verifier.bring(before))


def test_a_time_that_nobody_proves_is_no_earlier_time(stolen: Means, tmp_path: Path) -> None:
    """The thief sets the clock back, and has a time-stamp from whoever gives one."""
    with time_machine.travel(timezone.now() + HOUR):
        sealing.revoke(certificate=stolen.certificate)
    anyone = pki.create(tmp_path / "anyone", name="Horloge de Nulle Part", now=timezone.now()).stamper(timezone.now)
    said: dict[str, Any] = {"label": "x", "reason": "x", "location": "x", "at": timezone.now(), "name": "x"}
    forged = seals.seal(
        make_pdf(text="Doctorat"), signer=stolen.signer, stamper=anyone, evidence=stolen.evidence, **said
    )
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert concluded(forged) == (Conclusion.ALTERED, Verdict.NO)


def test_what_was_issued_before_stays_genuine_also_with_a_newer_proof_of_time(
    verifier: Verifier, sealed: Credential, file: bytes, stolen: Means
) -> None:
    renewed = renew(file, stamper=stolen.stamper, evidence=stolen.evidence)
    with time_machine.travel(timezone.now() + HOUR):
        sealing.revoke(certificate=stolen.certificate)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        for copy in (original(sealed), renewed):
            assert headline(verifier.bring(copy)) == "Genuine and current: River University issued this very file."
