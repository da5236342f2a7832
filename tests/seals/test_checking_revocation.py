"""What authorities say of a certificate, and which of it counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ReasonFlags
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponderEncoding, OCSPResponse, OCSPResponseBuilder
from cryptography.x509.oid import ExtendedKeyUsageOID

from attesta.seals.checking.revocation import Revoked, Statements
from tests.harness.foreign import NOW, YEAR, Identity, Notary, crl, identity

pytestmark = pytest.mark.once

DAY = timedelta(days=1)
GOOD, REVOKED, UNKNOWN = OCSPCertStatus.GOOD, OCSPCertStatus.REVOKED, OCSPCertStatus.UNKNOWN


@pytest.fixture(scope="module")
def notary() -> Notary:
    return Notary.named("Notaires du Lac")


def path(notary: Notary) -> list[x509.Certificate]:
    """Of the certificate and its issuer alone."""
    return [notary.issuing.certificate, notary.leaf.certificate]


def listed(der: bytes) -> Statements:
    return Statements(lists=(x509.load_der_x509_crl(der),))


def scoped(notary: Notary, scope: x509.ExtensionType, *serials: int) -> Statements:
    """A list with a critical extension."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(notary.issuing.certificate.subject)
        .last_update(NOW - DAY)
        .next_update(NOW + DAY)
        .add_extension(scope, critical=True)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - DAY).build()
        builder = builder.add_revoked_certificate(entry)
    return Statements(lists=(builder.sign(notary.issuing.key, hashes.SHA256()),))


def answered(
    notary: Notary, status: OCSPCertStatus, *, by: Identity | None = None, made: datetime = NOW - DAY
) -> Statements:
    responder = by or notary.issuing
    builder = OCSPResponseBuilder().add_response(
        cert=notary.leaf.certificate,
        issuer=notary.issuing.certificate,
        algorithm=hashes.SHA256(),
        cert_status=status,
        this_update=made,
        next_update=made + 7 * DAY,
        revocation_time=NOW - DAY if status is REVOKED else None,
        revocation_reason=ReasonFlags.key_compromise if status is REVOKED else None,
    )
    builder = builder.responder_id(OCSPResponderEncoding.HASH, responder.certificate)
    if by:
        builder = builder.certificates([by.certificate])
    answer: OCSPResponse = builder.sign(responder.key, hashes.SHA256())
    return Statements(answers=(answer,))


def distribution(**scope: bool) -> x509.IssuingDistributionPoint:
    kinds = ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs")
    told = {kind: scope.get(kind, False) for kind in kinds}
    place = [x509.UniformResourceIdentifier("http://lac.example/liste")]
    return x509.IssuingDistributionPoint(full_name=place, relative_name=None, only_some_reasons=None, **told)


# Lists


def test_nothing_said_clears_nothing(notary: Notary) -> None:
    assert Statements().clear(path(notary), NOW) is False
    assert Statements().revoked(path(notary)) is None


def test_a_list_without_it_clears_it_until_its_end(notary: Notary) -> None:
    found = listed(crl(notary.issuing, made=NOW, life=7 * DAY))
    assert [found.clear(path(notary), NOW + days * DAY) for days in (-1, 0, 7, 8)] == [True, True, True, False]


def test_a_list_clears_only_what_its_maker_issued(notary: Notary) -> None:
    assert listed(crl(notary.issuing)).clear([notary.root.certificate, *path(notary)], NOW) is False
    both = listed(crl(notary.issuing)) + listed(crl(notary.root))
    assert both.clear([notary.root.certificate, *path(notary)], NOW) is True


def test_the_earliest_revocation_counts(notary: Notary) -> None:
    serial = notary.leaf.certificate.serial_number
    early = listed(crl(notary.issuing, (serial, NOW - 9 * DAY, ReasonFlags.key_compromise)))
    late = listed(crl(notary.issuing, (serial, NOW - DAY, ReasonFlags.superseded)))
    assert (late + early).revoked(path(notary)) == Revoked(NOW - 9 * DAY, "keyCompromise", harmless=False)


def test_the_day_of_a_theft_counts_more_than_the_day_it_was_told(notary: Notary) -> None:
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(notary.leaf.certificate.serial_number)
        .revocation_date(NOW)
        .add_extension(x509.InvalidityDate((NOW - YEAR).replace(tzinfo=None)), critical=False)
    )
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(notary.issuing.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + DAY)
        .add_revoked_certificate(entry.build())
    )
    found = Statements(lists=(builder.sign(notary.issuing.key, hashes.SHA256()),)).revoked(path(notary))
    assert found == Revoked(NOW - YEAR, "unspecified", harmless=False)


@pytest.mark.parametrize(
    ("scope", "clears"),
    [
        (distribution(only_contains_user_certs=True), True),
        (distribution(only_contains_ca_certs=True), False),
        (distribution(indirect_crl=True), False),
        (distribution(only_contains_attribute_certs=True), False),
        (x509.DeltaCRLIndicator(1), False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00"), False),
    ],
)
def test_a_partial_list_clears_only_what_it_speaks_of(notary: Notary, scope: x509.ExtensionType, clears: bool) -> None:
    assert scoped(notary, scope).clear(path(notary), NOW) is clears


def test_a_partial_list_revokes_whatever_stands_in_it(notary: Notary) -> None:
    serial = notary.leaf.certificate.serial_number
    assert scoped(notary, x509.DeltaCRLIndicator(1), serial).revoked(path(notary))


# Answers


def test_an_answer_by_the_issuer(notary: Notary) -> None:
    assert answered(notary, GOOD).clear(path(notary), NOW) is True
    assert answered(notary, GOOD).clear(path(notary), NOW + 30 * DAY) is False
    assert answered(notary, UNKNOWN).clear(path(notary), NOW) is False
    assert answered(notary, REVOKED).clear(path(notary), NOW) is False
    assert answered(notary, REVOKED).revoked(path(notary)) == Revoked(NOW - DAY, "keyCompromise", harmless=False)


def test_an_answer_by_somebody_the_issuer_named(notary: Notary) -> None:
    purposes = [ExtendedKeyUsageOID.OCSP_SIGNING]
    for delegate in (
        identity("Autorité", "Réponses", issuer=notary.issuing, purposes=purposes),
        identity("Autorité", "Réponses", issuer=notary.issuing, purposes=purposes, rsa_bits=2048),
    ):
        assert answered(notary, GOOD, by=delegate).clear(path(notary), NOW) is True


@pytest.mark.parametrize("status", [GOOD, REVOKED])
def test_an_answer_by_anybody_else_counts_for_nothing(notary: Notary, status: OCSPCertStatus) -> None:
    purposes = [ExtendedKeyUsageOID.OCSP_SIGNING]
    issuing = notary.issuing
    strangers = [
        identity("Autorité", "Réponses", issuer=issuing),  # not for this
        identity("Autorité", "Réponses", issuer=issuing, purposes=purposes, ends=NOW - 30 * DAY),  # no longer
        identity("Autorité", "Réponses", issuer=notary.root, purposes=purposes),  # by another
        identity("Autorité", "Réponses", purposes=purposes),  # by itself
    ]
    for stranger in strangers:
        found = answered(notary, status, by=stranger)
        assert (found.clear(path(notary), NOW), found.revoked(path(notary))) == (False, None)


def test_an_answer_about_another_certificate_counts_for_nothing(notary: Notary) -> None:
    other = Notary(notary.root, notary.issuing, identity("Autre", "Autre", issuer=notary.issuing), notary.stamping)
    assert answered(other, GOOD).clear(path(notary), NOW) is False
    assert answered(other, REVOKED).revoked(path(notary)) is None
