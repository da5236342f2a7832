"""Answers of an authority about one certificate (OCSP, RFC 6960): whom they are about, and whether they are true."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import Hash
from cryptography.x509 import (
    Certificate,
    ExtendedKeyUsage,
    ExtensionNotFound,
)
from cryptography.x509.ocsp import OCSPResponse, OCSPSingleResponse
from cryptography.x509.oid import ExtendedKeyUsageOID


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
    method, key = response.signature_hash_algorithm, by.public_key()
    if method is None:
        return False
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(response.signature, response.tbs_response_bytes, ec.ECDSA(method))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(response.signature, response.tbs_response_bytes, padding.PKCS1v15(), method)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
