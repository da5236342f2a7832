"""Honest files: ours, those of others, and those without a seal."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from attesta.seals import renewal
from attesta.seals.checking import check
from attesta.seals.report import CODES, Verdict
from tests.harness import forgeries
from tests.harness.foreign import NOW, Notary, crl
from tests.harness.pdfs import make_pdf
from tests.seals.findings import BROKEN, UNSEALED, findings
from tests.seals.office import INSTITUTION, LOCATION, Office

pytestmark = pytest.mark.once

FOREIGN = {"certified": "attention unlocked", "time": "attention claimed", "renewed": "unknown"}
STRANGE = FOREIGN | {
    "chain": "unknown unknown",
    "certificate-revocation": "unknown no-chain",
    "evidence": "unknown",
}


@pytest.fixture(scope="module")
def notary() -> Notary:
    """Another institution, with its own authority."""
    return Notary.named("Notaires du Lac", uri="urn:uuid:0b7a2f0e-66f3-4b5a-9d3c-2f6f0e0f6a02")


@pytest.fixture(scope="module")
def paper() -> bytes:
    return make_pdf(pages=2)


def lists(notary: Notary) -> list[bytes]:
    return [crl(notary.root), crl(notary.issuing)]


def test_our_sealed_document_is_good_on_every_line(any_office: Office, diploma: bytes) -> None:
    report = check(any_office.seal(diploma), roots=[any_office.root], now=any_office.now)
    assert findings(report) == {"renewed": "yes not-needed"}
    assert [each.code for each in report.checks] == list(CODES)
    assert (report.is_sealed, report.is_intact, report.is_trusted) == (True, True, True)


def test_our_sealed_document_says_who_when_and_where(office: Office, diploma: bytes) -> None:
    report = check(office.seal(diploma), roots=[office.root], now=office.now)
    assert report.signer_organization == INSTITUTION
    assert report.signer_name == "Université du Fleuve"
    assert report.location == LOCATION
    assert report.sealed_at
    assert timedelta() <= report.sealed_at - office.now < timedelta(minutes=10)
    assert report["chain"].facts["serial"] == f"{office.material.serial:x}"
    assert len(report.certificate_sha256) == 64


def test_an_uploaded_paper_that_we_sealed_is_good_too(office: Office, paper: bytes) -> None:
    assert check(office.seal(paper), roots=[office.root], now=office.now).is_trusted


def test_a_renewed_seal_stays_good(office: Office, paper: bytes) -> None:
    once = renewal.renew(office.seal(paper), stamper=office.stamper, evidence=office.evidence)
    twice = renewal.renew(once, stamper=office.stamper, evidence=office.evidence)
    for pdf, count in [(once, "1"), (twice, "2")]:
        report = check(pdf, roots=[office.root], now=datetime.now(UTC))
        assert findings(report) == {"whole-file": "yes renewed"}
        assert report.is_trusted
        assert report["renewed"].facts["renewals"] == report["whole-file"].facts["later"] == count


def test_without_a_known_root_a_good_seal_is_of_someone_unknown(office: Office, paper: bytes) -> None:
    report = check(office.seal(paper), roots=[], now=office.now)
    assert findings(report) == {
        "chain": "unknown unknown",
        "certificate-revocation": "unknown no-chain",
        "time": "attention unknown",
        "evidence": "unknown",
        "renewed": "unknown",
    }
    assert (report.is_intact, report.is_trusted, report.signer_organization) == (True, False, "")


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
def test_a_stranger_s_seal_is_intact_and_of_someone_unknown(
    office: Office, notary: Notary, paper: bytes, subfilter: SigSeedSubFilter
) -> None:
    report = check(notary.sign(paper, subfilter=subfilter), roots=[office.root], now=NOW)
    assert findings(report) == STRANGE
    assert (report.is_intact, report.is_trusted) == (True, False)
    assert (report.signer_name, report.signer_organization) == ("Notaires du Lac", "")


def test_a_seal_of_another_known_authority_is_trusted(office: Office, notary: Notary, paper: bytes) -> None:
    report = check(notary.sign(paper), roots=[office.root, notary.root.der], now=NOW, crls=lists(notary))
    assert findings(report) == FOREIGN | {"evidence": "attention no-revocation"}
    assert report.is_trusted
    assert report.signer_organization == "0b7a2f0e-66f3-4b5a-9d3c-2f6f0e0f6a02"


def test_a_seal_without_evidence_of_revocation_is_not_trusted(notary: Notary, paper: bytes) -> None:
    report = check(notary.sign(paper), roots=[notary.root.der], now=NOW)
    assert report["certificate-revocation"].verdict == Verdict.UNKNOWN
    assert (report.is_intact, report.is_trusted) == (True, False)


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
def test_evidence_of_other_programs_is_read(notary: Notary, paper: bytes, subfilter: SigSeedSubFilter) -> None:
    """In the document's store, and among the signed attributes as there was before."""
    pdf = notary.sign(paper, subfilter=subfilter, stamped_at=NOW, lists=lists(notary))
    report = check(pdf, roots=[notary.root.der], now=NOW)
    told = {"certified": "attention unlocked", "renewed": "yes not-needed"}
    later = {"whole-file": "yes evidence"} if subfilter == SigSeedSubFilter.PADES else {}
    assert findings(report) == told | later
    assert report.is_trusted


@pytest.mark.parametrize("kind", ["/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1"])
def test_a_signature_of_an_outdated_kind_is_not_checked(office: Office, paper: bytes, kind: str) -> None:
    report = check(forgeries.of_kind(paper, kind), roots=[office.root], now=NOW)
    assert findings(report) == {"sealed": "attention outdated"} | UNSEALED
    assert report.is_sealed is False


def test_a_stamped_and_locked_seal_says_so(notary: Notary, paper: bytes) -> None:
    pdf = notary.sign(paper, certify=MDPPerm.NO_CHANGES, stamped_at=NOW)
    report = check(pdf, roots=[notary.root.der], now=NOW, crls=lists(notary))
    assert findings(report) == {"evidence": "attention no-revocation", "renewed": "yes not-needed"}
    assert report["certified"].facts["level"] == "1"
    assert report["time"].facts["at"] == NOW.isoformat().replace("+00:00", "Z")
    assert report.sealed_at == NOW


def test_another_program_s_renewal_is_one_too(notary: Notary, paper: bytes) -> None:
    pdf = notary.renew(notary.sign(paper, certify=MDPPerm.NO_CHANGES, stamped_at=NOW), at=NOW)
    report = check(pdf, roots=[notary.root.der], now=NOW, crls=lists(notary))
    assert findings(report) == {"whole-file": "yes renewed", "evidence": "attention no-revocation"}


def test_a_second_signature_is_told(notary: Notary, paper: bytes) -> None:
    pdf = notary.sign(notary.sign(paper), name="Deuxième")
    report = check(pdf, roots=[notary.root.der], now=NOW, crls=lists(notary))
    assert findings(report) == FOREIGN | {
        "whole-file": "attention permitted",
        "evidence": "attention no-revocation",
    }
    assert report["sealed"].facts["seals"] == "2"
    assert report["whole-file"].facts["seals-added"] == "1"
    assert (report.is_intact, report.is_trusted) == (False, False)


def test_the_seal_of_a_known_institution_speaks_for_the_file(notary: Notary, paper: bytes) -> None:
    stranger = Notary.named("Quelqu’un d’autre", maker="Inconnue")
    pdf = notary.sign(stranger.sign(paper), name="Deuxième")
    report = check(pdf, roots=[notary.root.der], now=NOW, crls=lists(notary))
    assert report.signer_name == "Notaires du Lac"
    assert report.is_trusted


def test_a_pdf_that_was_saved_in_parts_before_sealing_is_whole(notary: Notary, paper: bytes) -> None:
    pdf = notary.sign(forgeries.edited(paper, forgeries.change_title))
    report = check(pdf, roots=[notary.root.der], now=NOW, crls=lists(notary))
    assert report["whole-file"].verdict == Verdict.YES
    assert report["whole-file"].facts == {"revisions": "3", "later": "0"}


def test_a_stranger_s_file_is_checked_quickly(office: Office, notary: Notary, paper: bytes) -> None:
    """Processor time of the best of a few, in a warm process."""
    pdf = notary.sign(paper, certify=MDPPerm.NO_CHANGES, stamped_at=NOW)
    assert min(seconds(pdf, [office.root, notary.root.der]) for _ in range(5)) < 0.060


def test_an_unsealed_pdf(office: Office, paper: bytes) -> None:
    report = check(paper, roots=[office.root], now=NOW)
    assert findings(report) == {"sealed": "no"} | UNSEALED
    assert (report.is_sealed, report.is_intact, report.is_trusted) == (False, False, False)


def test_a_pdf_with_a_date_alone_is_not_sealed(notary: Notary, paper: bytes) -> None:
    report = check(notary.renew(paper, at=NOW), roots=[notary.root.der], now=NOW)
    assert findings(report) == {"sealed": "no stamp-only"} | UNSEALED


@pytest.mark.parametrize("other", [b"", b"hello", b"PK\x03\x04" + bytes(100), b"%PDF", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_pdf(office: Office, other: bytes) -> None:
    report = check(other, roots=[office.root], now=NOW)
    assert findings(report) == {"is-pdf": "no", "sealed": "no"} | UNSEALED


def test_a_pdf_behind_something_else_is_not_examined(office: Office, paper: bytes) -> None:
    report = check(b"GIF89a\n" + office.seal(paper), roots=[office.root], now=office.now)
    assert findings(report) == {"is-pdf": "attention displaced", "sealed": "unknown"} | UNSEALED


def test_a_cut_off_sealed_file_is_broken(office: Office, paper: bytes) -> None:
    sealed = office.seal(paper)
    report = check(forgeries.truncated(sealed, len(sealed) - 100), roots=[office.root], now=office.now)
    assert findings(report) == {"is-pdf": "attention damaged"} | BROKEN


def test_an_encrypted_pdf_is_not_examined(office: Office, paper: bytes) -> None:
    report = check(forgeries.encrypted(paper), roots=[office.root], now=NOW)
    assert findings(report) == {"is-pdf": "attention encrypted", "sealed": "unknown"} | UNSEALED


def seconds(pdf: bytes, roots: list[bytes]) -> float:
    start = time.process_time()
    check(pdf, roots=roots, now=NOW)
    return time.process_time() - start
