"""A seal kept alive beyond the certificates it was made with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed

from attesta.seals.renewal import Unrenewable, renew
from tests.harness.pdfs import make_pdf
from tests.seals import papers
from tests.seals.checkers import Checkers, conforms
from tests.seals.office import Office

pytestmark = pytest.mark.once

type CheckersOf = Callable[[Office], Checkers]

EXTENDED = "INTACT:TRUSTED,TIMESTAMP_TOKEN<INTACT:TRUSTED>,EXTENDED_WITH_LTA_UPDATES,ACCEPTABLE_MODIFICATIONS"


def renewed(office: Office, sealed: bytes) -> bytes:
    return renew(sealed, stamper=office.stamper, evidence=office.evidence)


def test_a_renewed_seal_is_archived_and_certified_still(
    any_office: Office, checkers: CheckersOf, diploma: bytes
) -> None:
    sealed = any_office.seal(diploma)
    found = renewed(any_office, sealed)
    tools = checkers(any_office)
    assert found.startswith(sealed)
    assert tools.qpdf(found) == []
    assert tools.openssl(found) == "CMS Verification successful"
    assert "Signature is Valid." in tools.pdfsig(found)
    indication, summary, proved_at = tools.ades_archived(found)
    assert (indication, summary) == (AdESPassed.OK, EXTENDED)
    assert proved_at == any_office.now


def test_it_is_renewed_again_and_again(office: Office, checkers: CheckersOf, transcript: bytes) -> None:
    found = office.seal(transcript)
    for _ in range(3):
        found = renewed(office, found)
    assert checkers(office).ades_archived(found)[:2] == (AdESPassed.OK, EXTENDED)
    assert PdfFileReader(BytesIO(found)).xrefs.total_revisions == 4
    with pikepdf.open(BytesIO(found)) as document:
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == ["Seal1", "Time1", "Time2", "Time3"]
        assert [len(document.Root.DSS[shelf]) for shelf in ("/Certs", "/CRLs")] == [4, 2]


@pytest.mark.parametrize("paper", papers.PAPERS, ids=lambda paper: paper.__name__)
def test_what_others_made_is_renewed_too(office: Office, checkers: CheckersOf, paper: Callable[[], bytes]) -> None:
    found = renewed(office, office.seal(paper()))
    assert checkers(office).qpdf(found) == []
    assert checkers(office).ades_archived(found)[:2] == (AdESPassed.OK, EXTENDED)


def test_pages_and_their_structure_stay(office: Office, diploma: bytes) -> None:
    """The first signature covers no longer the whole file: that is what PDF/A's checker finds, and nothing else."""
    (only,) = conforms(renewed(office, office.seal(diploma)))["3a"]
    assert only.startswith("PDFA3A-SIGNATURE-BYTERANGE-001")


def test_a_seal_outlives_its_certificate(tmp_path: Path, diploma: bytes, checkers: CheckersOf) -> None:
    """Sealed ten years ago; the sealing certificate ended seven years ago; renewed a year before it did."""
    today = datetime.now(UTC).replace(microsecond=0)
    made, later = today - timedelta(days=3650), today - timedelta(days=2920)
    office = Office.new(tmp_path / "pki", made=made)
    authority = office.authority
    sealed = office.seal(diploma)
    evidence = authority.evidence(later, office.signer.chain)
    kept = renew(sealed, stamper=authority.stamper(lambda: later), evidence=evidence)
    tools, of_root = checkers(office), authority.crls(today)[:1]
    assert office.material.expires_at < today
    assert tools.ades_archived(sealed, of_root)[0] != AdESPassed.OK
    assert tools.ades_archived(kept, of_root) == (AdESPassed.OK, EXTENDED, later)


def test_what_carries_no_seal_is_refused(office: Office, diploma: bytes) -> None:
    for unsealed in (diploma, make_pdf()):
        with pytest.raises(Unrenewable):
            renewed(office, unsealed)
