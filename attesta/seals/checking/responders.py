"""Answers of an authority about one certificate (OCSP, RFC 6960): whom they are about, and whether they are true."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import Hash
from cryptography.x509 import (
    Certificate,
    ExtendedKeyUsage,
    ExtensionNotFound,
)
from cryptography.x509.ocsp import OCSPResponse, OCSPSingleResponse
from cryptography.x509.oid import ExtendedKeyUsageOID

from attesta.seals.signers import verifies


def is_about(answer: OCSPSingleResponse, one: Certificate, issuer: Certificate) -> bool:
    if answer.serial_number != one.serial_number:
        return False
    digest = Hash(answer.hash_algorithm)
    digest.update(issuer.subject.public_bytes())
    return digest.finalize() == answer.issuer_name_hash


def is_authentic(response: OCSPResponse, issuer: Certificate) -> bool:
    """Signed by the issuer, or by one whom it named for this."""
    return any(_signed(response, by) for by in (issuer, *_delegates(response, issuer)))


def _delegates(response: OCSPResponse, issuer: Certificate) -> Iterator[Certificate]:
    for each in response.certificates:
        lives = each.not_valid_before_utc <= response.produced_at_utc <= each.not_valid_after_utc
        if lives and _answers_for_others(each) and _issued(each, issuer):
            yield each


def _answers_for_others(certificate: Certificate) -> bool:
    try:
        purposes = certificate.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except (ExtensionNotFound, ValueError):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in purposes


def _issued(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _signed(response: OCSPResponse, by: Certificate) -> bool:
    digest = response.signature_hash_algorithm
    return digest is not None and verifies(by.public_key(), response.signature, response.tbs_response_bytes, digest)
