"""A key from a file, and what it signs with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from attesta.seals.signers import Algorithm, FileSigner, signature_bytes
from tests.seals.office import Office

pytestmark = pytest.mark.once

DATA = b"Relev\xc3\xa9 de notes"


def test_signs_with_ecdsa_or_rsa_as_its_certificate_says(office: Office, rsa_office: Office) -> None:
    own = certificate(office.signer).public_key()
    assert office.signer.algorithm == Algorithm.ECDSA_SHA256
    assert isinstance(own, ec.EllipticCurvePublicKey)
    own.verify(office.signer.sign(DATA), DATA, ec.ECDSA(SHA256()))
    other = certificate(rsa_office.signer).public_key()
    assert rsa_office.signer.algorithm == Algorithm.RSA_SHA256
    assert isinstance(other, rsa.RSAPublicKey)
    other.verify(rsa_office.signer.sign(DATA), DATA, padding.PKCS1v15(), SHA256())


def test_no_signature_is_longer_than_foreseen(any_office: Office) -> None:
    longest = signature_bytes(certificate(any_office.signer))
    lengths = [len(any_office.signer.sign(b"%d" % n)) for n in range(50)]
    assert longest - 3 <= max(lengths) <= longest


def test_the_root_is_left_out_of_the_chain(office: Office) -> None:
    material = office.material
    signer = FileSigner.from_pem(material.key_pem, material.chain_pem + office.authority.root_pem)
    assert signer.chain == office.signer.chain
    assert office.root not in signer.chain


def test_an_encrypted_key_needs_its_password(office: Office) -> None:
    key = load_pem_private_key(office.material.key_pem, None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"haute"))
    assert FileSigner.from_pem(locked, office.material.chain_pem, b"haute").chain == office.signer.chain
    for wrong in (None, b"basse"):
        with pytest.raises(ValueError, match=r"(?i)password|decrypt"):
            FileSigner.from_pem(locked, office.material.chain_pem, wrong)


def test_a_key_that_belongs_to_another_certificate_is_refused(office: Office, rsa_office: Office) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        FileSigner.from_pem(office.material.key_pem, rsa_office.material.chain_pem)


def test_a_chain_of_nothing_but_a_root_is_refused(office: Office) -> None:
    with pytest.raises(ValueError, match="no certificate but a root"):
        FileSigner.from_pem(office.material.key_pem, office.authority.root_pem)


def test_other_kinds_of_keys_are_refused(office: Office) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="ECDSA or RSA"):
        FileSigner.from_pem(pem, office.material.chain_pem)


def test_certificates_of_other_kinds_of_keys_are_refused(office: Office) -> None:
    key, now = ed25519.Ed25519PrivateKey.generate(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Edwards")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1)).serial_number(7)
    with pytest.raises(ValueError, match="ECDSA or RSA"):
        signature_bytes(dated.sign(key, None))


def certificate(signer: FileSigner) -> x509.Certificate:
    return x509.load_der_x509_certificate(signer.chain[0])
