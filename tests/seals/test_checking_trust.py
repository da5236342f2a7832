"""Whose seal it is, when it was made, and whether its certificate was in force: the cases between yes and no."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import ReasonFlags
from cryptography.x509.oid import ExtendedKeyUsageOID

from attesta.seals import words
from attesta.seals.checking import check
from attesta.seals.pki import Reason
from attesta.seals.report import Report
from tests.harness import forgeries
from tests.harness.foreign import NOW, YEAR, Identity, Notary, crl, identity
from tests.harness.pdfs import make_pdf
from tests.seals.findings import findings
from tests.seals.office import INSTITUTION, Office

pytestmark = pytest.mark.once

PAPER = make_pdf(pages=2)
URI = f"urn:uuid:{INSTITUTION}"
SUPERSEDED, COMPROMISED = ReasonFlags.superseded, ReasonFlags.key_compromise
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture(scope="module")
def notary() -> Notary:
    return Notary.named("Notaires du Lac", starts=NOW - 3 * YEAR)


@pytest.fixture(scope="module")
def former() -> Notary:
    """Whose certificate ended a year ago."""
    return Notary.named("Notaires d’antan", starts=NOW - 5 * YEAR, ends=NOW - YEAR)


def examined(notary: Notary, pdf: bytes, *revoked: tuple[int, datetime, ReasonFlags], now: datetime = NOW) -> Report:
    """With fresh lists of its authority, on which these certificates stand."""
    lists = [crl(notary.root, *revoked), crl(notary.issuing, *revoked)]
    return check(pdf, roots=[notary.root.der], now=now, crls=lists)


def serial(one: Identity) -> int:
    return one.certificate.serial_number


# The chain


def test_a_certificate_in_our_names_that_vouches_for_itself(office: Office) -> None:
    forger = identity("Université du Fleuve", "River University", uri=URI)
    pdf = Notary(forger, forger, forger, forger).sign(PAPER)
    report = check(pdf, roots=[office.root], now=office.now)
    assert report.is_intact
    assert findings(report)["chain"] == "no self-signed"
    assert (report.is_trusted, report.signer_organization) == (False, "")


def test_an_authority_with_the_names_of_ours_is_an_imitation(office: Office) -> None:
    forger = Notary.named("Université du Fleuve", maker="Attesta", uri=URI)
    root = identity("Attesta", f"Attesta Root {office.now.year}", authority=True)
    issuing = identity("Attesta", f"Attesta Issuing {office.now.year}", issuer=root, authority=True)
    leaf = identity("Université du Fleuve", "River University", issuer=issuing, uri=URI)
    report = check(Notary(root, issuing, leaf, forger.stamping).sign(PAPER), roots=[office.root], now=office.now)
    assert findings(report)["chain"] == "no look-alike"
    assert (report.is_trusted, report.signer_organization) == (False, "")


def test_a_sealing_certificate_cannot_issue_another(office: Office, notary: Notary) -> None:
    """An institution cannot make itself a certificate in somebody else's name."""
    pupil = identity("Université du Fleuve", "River University", issuer=notary.leaf, uri=URI)
    pdf = Notary(notary.root, notary.leaf, pupil, notary.stamping).sign(PAPER)
    pdf = forgeries.with_certificate(pdf, notary.issuing.der)
    report = examined(notary, pdf)
    assert findings(report)["chain"] == "no invalid"
    assert report.is_trusted is False


@pytest.mark.parametrize(
    "purpose",
    [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.OCSP_SIGNING],
)
def test_a_certificate_for_something_else_cannot_seal(purpose: object) -> None:
    other = Notary.named("Serveur", purposes=[purpose])
    assert findings(examined(other, other.sign(PAPER)))["chain"] == "no purpose"


def test_an_authority_s_own_certificate_cannot_seal(notary: Notary) -> None:
    pdf = Notary(notary.root, notary.issuing, notary.issuing, notary.stamping).sign(PAPER)
    assert findings(examined(notary, pdf))["chain"] == "no purpose"


def test_a_certificate_that_is_not_valid_yet() -> None:
    early = Notary.named("Trop tôt", starts=NOW + YEAR, ends=NOW + 2 * YEAR)
    assert findings(examined(early, early.sign(PAPER)))["chain"] == "no not-yet"


# Time


def test_an_ended_certificate_without_a_proof_of_time(former: Notary) -> None:
    report = examined(former, former.sign(PAPER))
    assert findings(report)["chain"] == "attention expired"
    assert (report.is_intact, report.is_trusted) == (True, False)


def test_an_ended_certificate_with_a_time_stamp_of_its_lifetime(former: Notary) -> None:
    pdf = former.sign(PAPER, stamped_at=NOW - 2 * YEAR)
    report = examined(former, pdf)
    assert report.is_trusted
    assert report.sealed_at == NOW - 2 * YEAR


def test_a_time_stamp_after_the_certificate_s_end_proves_that_it_was_too_late(former: Notary) -> None:
    report = examined(former, former.sign(PAPER, stamped_at=YESTERDAY))
    assert findings(report)["chain"] == "attention expired"
    assert "time" not in findings(report)


def test_a_time_stamp_by_someone_unknown_proves_nothing(former: Notary) -> None:
    stranger = Notary.named("Inconnu", maker="Ailleurs")
    mixed = Notary(former.root, former.issuing, former.leaf, stranger.stamping)
    report = examined(former, mixed.sign(PAPER, stamped_at=NOW - 2 * YEAR))
    assert findings(report)["time"] == "attention unknown"
    assert findings(report)["chain"] == "attention expired"


def test_a_time_stamp_from_the_future_is_not_believed(notary: Notary) -> None:
    report = examined(notary, notary.sign(PAPER, stamped_at=NOW + timedelta(days=1)))
    assert findings(report)["time"] == "no future"


def test_a_time_stamp_of_another_seal_is_broken(notary: Notary) -> None:
    one, other = (notary.sign(paper, stamped_at=NOW) for paper in (PAPER, make_pdf(text="Autre")))
    report = examined(notary, forgeries.with_stamp_of(one, other))
    assert findings(report)["time"] == "no broken"
    assert findings(report)["whole-file"] == "no envelope"


def test_a_time_stamp_by_a_certificate_for_something_else_proves_nothing(notary: Notary) -> None:
    mixed = Notary(notary.root, notary.issuing, notary.leaf, identity("X", "Y", issuer=notary.root, rsa_bits=2048))
    report = examined(notary, mixed.sign(PAPER, stamped_at=YESTERDAY))
    assert findings(report)["time"] == "attention purpose"


def test_a_time_stamp_of_a_revoked_authority_proves_nothing(notary: Notary) -> None:
    pdf = notary.sign(PAPER, stamped_at=YESTERDAY)
    report = examined(notary, pdf, (serial(notary.stamping), NOW - timedelta(days=9), SUPERSEDED))
    assert findings(report)["time"] == "no revoked"


def test_a_renewal_keeps_a_time_stamp_alive(office: Office) -> None:
    """After the stamping certificate's end only a renewal from its lifetime proves the time."""
    sealed = office.seal(PAPER)
    much_later = office.now + 15 * YEAR + timedelta(days=30)
    aged = check(sealed, roots=[office.root], now=much_later)
    assert findings(aged)["time"] == "attention expired"
    assert findings(aged)["renewed"] == "attention overdue"
    assert aged.is_trusted is False


def test_a_renewed_seal_is_good_after_its_own_certificates_ended(notary: Notary) -> None:
    """The renewal, made in time by an authority that lasts longer, proves what it covers."""
    short = identity(
        "Autorité",
        "Courte",
        issuer=notary.root,
        purposes=[ExtendedKeyUsageOID.TIME_STAMPING],
        starts=NOW - 3 * YEAR,
        ends=NOW - YEAR,
        rsa_bits=2048,
    )
    brief = Notary(notary.root, notary.issuing, notary.leaf, short)
    stamped = brief.sign(PAPER, stamped_at=NOW - 2 * YEAR)
    assert findings(examined(notary, stamped))["time"] == "attention expired"
    renewed = notary.renew(stamped, at=NOW - YEAR - timedelta(days=30))
    report = examined(notary, renewed)
    assert "time" not in findings(report)
    assert report.is_trusted


# Revocation


@pytest.mark.parametrize("reason", [SUPERSEDED, COMPROMISED])
def test_a_certificate_revoked_before_it_sealed(notary: Notary, reason: ReasonFlags) -> None:
    pdf = notary.sign(PAPER, stamped_at=YESTERDAY)
    report = examined(notary, pdf, (serial(notary.leaf), NOW - timedelta(days=9), reason))
    assert findings(report)["certificate-revocation"] == "no"
    assert (report.is_intact, report.is_trusted) == (True, False)


@pytest.mark.parametrize("reason", [SUPERSEDED, ReasonFlags.cessation_of_operation])
def test_a_certificate_withdrawn_after_it_sealed(notary: Notary, reason: ReasonFlags) -> None:
    """Replaced by another, or by none."""
    pdf = notary.sign(PAPER, stamped_at=NOW - timedelta(days=9))
    report = examined(notary, pdf, (serial(notary.leaf), YESTERDAY, reason))
    assert findings(report)["certificate-revocation"] == "yes later"
    assert "replaced" not in words.line(report["certificate-revocation"], "en")
    assert report.is_trusted


def test_a_certificate_whose_key_was_stolen_after_it_sealed(notary: Notary) -> None:
    pdf = notary.sign(PAPER, stamped_at=NOW - timedelta(days=9))
    report = examined(notary, pdf, (serial(notary.leaf), YESTERDAY, COMPROMISED))
    assert findings(report)["certificate-revocation"] == "attention later"
    assert report["certificate-revocation"].facts["why"] == "keyCompromise"
    assert report.is_trusted


def test_without_a_proof_of_time_a_revoked_certificate_may_have_sealed_later(notary: Notary) -> None:
    report = examined(notary, notary.sign(PAPER), (serial(notary.leaf), YESTERDAY, SUPERSEDED))
    assert findings(report)["certificate-revocation"] == "no"


def test_a_revoked_authority_takes_its_certificates_along(notary: Notary) -> None:
    report = examined(notary, notary.sign(PAPER), (serial(notary.issuing), YESTERDAY, SUPERSEDED))
    assert findings(report)["certificate-revocation"] == "no"


def test_a_revocation_list_by_someone_else_is_not_believed(notary: Notary) -> None:
    forger = Notary.named("Faussaire")
    false = crl(forger.issuing, (serial(notary.leaf), NOW - YEAR, COMPROMISED))
    lists = [crl(notary.root), crl(notary.issuing), false]
    report = check(notary.sign(PAPER), roots=[notary.root.der], now=NOW, crls=lists)
    assert "certificate-revocation" not in findings(report)


def test_a_list_that_ended_before_the_seal_shows_nothing(notary: Notary) -> None:
    old = [crl(one, made=NOW - YEAR, life=timedelta(days=7)) for one in (notary.root, notary.issuing)]
    report = check(notary.sign(PAPER), roots=[notary.root.der], now=NOW, crls=old)
    assert findings(report)["certificate-revocation"] == "unknown"


def test_unreadable_lists_are_no_lists(notary: Notary) -> None:
    report = check(notary.sign(PAPER), roots=[notary.root.der], now=NOW, crls=[b"", b"\x30\x03abc"])
    assert findings(report)["certificate-revocation"] == "unknown"


def test_what_we_revoke_is_known_at_the_next_check(tmp_path: Path) -> None:
    office = Office.new(tmp_path / "pki")
    sealed = office.seal(PAPER)
    later = office.now + timedelta(days=2)
    office.authority.revoke(office.material.serial, later, Reason.KEY_COMPROMISE)
    lists = office.authority.crls(later)
    report = check(sealed, roots=[office.root], now=later, crls=lists)
    assert findings(report)["certificate-revocation"] == "attention later"
    assert report.is_trusted
