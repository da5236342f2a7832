"""A proof of time is renewed behind what was issued: the same document still, if a trusted authority did it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from attesta.credentials.models import Credential
from attesta.credentials.sealing import authority, means, renewing
from attesta.seals.renewal import renew
from tests.harness.foreign import NOW, Notary
from tests.verifier.conftest import Verifier, headline, original, text

LATER = datetime(2040, 12, 1, 12, tzinfo=UTC)  # within the last year of the time-stamp authority
GENUINE = "Genuine and current: River University issued this very file."


@pytest.fixture(autouse=True)
def own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"
    means._kept.clear()


def test_a_copy_that_we_renewed_is_genuine(verifier: Verifier, sealed: Credential, file: bytes) -> None:
    with time_machine.travel(LATER):
        authority.local().rotate_tsa(name="Attesta", now=timezone.now())
        means._kept.clear()
        assert renewing.renew_due(now=LATER) == 1
        renewed = original(sealed)
        answer = verifier.bring(renewed)
    assert len(renewed) > len(file)
    assert headline(answer) == GENUINE
    assert "only the proof of its date was renewed behind it" in text(answer)


def test_a_copy_that_somebody_renewed_with_an_authority_we_trust_is_genuine(
    verifier: Verifier, sealed: Credential, file: bytes
) -> None:
    tools = means.means_of(sealed.issuer)
    answer = verifier.bring(renew(file, stamper=tools.stamper, evidence=tools.evidence))
    assert headline(answer) == GENUINE
    assert "Since then only its proof of date was renewed." in text(answer)


def test_trust_25_a_copy_renewed_by_a_stranger_is_not_what_was_issued(verifier: Verifier, file: bytes) -> None:
    answer = verifier.bring(Notary.named("Horloge de Nulle Part").renew(file, at=NOW))
    assert headline(answer).startswith("Altered")
