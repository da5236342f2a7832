"""A proof of time is renewed behind what was issued: the same document still, if a trusted authority did it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pikepdf import Pdf
from pytest_django import Settings

from attesta.credentials.models import Credential
from attesta.credentials.sealing import authority, means, renewing
from attesta.credentials.sealing.means import Means
from attesta.organizations.models import Organization
from attesta.seals import cms, fields
from attesta.seals.drafts import Draft
from attesta.seals.holes import MARK_BYTES, PLACEHOLDER, find
from attesta.seals.pdf import fill_with, hole_size
from attesta.seals.renewal import renew
from attesta.seals.revisions import appended
from tests.harness import forgeries
from tests.harness.foreign import NOW, Notary
from tests.verifier.conftest import Verifier, headline, original, text

LATER = datetime(2040, 12, 1, 12, tzinfo=UTC)  # within the last year of the time-stamp authority
SEAL = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange %b /Contents <%b> >>"
GENUINE = "Genuine and current: River University issued this very file."


@pytest.fixture(autouse=True)
def own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"
    means._kept.clear()


def sealed_behind(pdf: bytes, tools: Means) -> bytes:
    """A further seal over all of it, whatever the first one forbids, by an institution that holds its own key."""
    mark = b"\x5e" * MARK_BYTES
    hole = hole_size(tools.signer, tools.stamper)
    with Pdf.open(BytesIO(pdf)) as document:
        draft = Draft(document)
        seal = draft.add_bytes(SEAL % (PLACEHOLDER, mark.hex().encode().ljust(2 * hole, b"0")))
        fields.add(draft, seal, stem="Other")
        prepared = find(appended(pdf, draft), mark, hole)
    return fill_with(prepared, lambda digest: cms.build(digest, signer=tools.signer, stamper=tools.stamper))


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


def test_trust_25_another_institution_s_seal_and_renewal_vouch_for_no_edit(
    verifier: Verifier, file: bytes, other_institution: Organization
) -> None:
    """The first seal is hidden from the form, so that the other institution's is the only one."""
    tools = means.means_of(other_institution)
    edited = forgeries.edited(file, forgeries.paint, forgeries.hide_seal)
    answer = verifier.bring(renew(sealed_behind(edited, tools), stamper=tools.stamper, evidence=tools.evidence))
    assert headline(answer) == "Altered: this file claims to be from River University, but is not what was issued."
    assert "Zoé" not in text(answer)
