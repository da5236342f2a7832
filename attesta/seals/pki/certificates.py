"""What stands in each kind of certificate and list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

type Key = Literal["p256", "rsa3072"]
type PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
type PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

YEAR = timedelta(days=365)
ROOT_LIFE = 30 * YEAR
ISSUING_LIFE = 20 * YEAR
TSA_LIFE = 15 * YEAR
SEALING_LIFE = 3 * YEAR
SKEW = timedelta(minutes=5)  # clocks of two machines differ: what is made now is already valid
NAME_BYTES = 64  # X.520's upper bound for a name; some readers count letters, some bytes
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class FileMaterial:
    """A private key and its chain (own certificate first, without the root), as PEM."""

    key_pem: bytes = field(repr=False)
    chain_pem: bytes

    @classmethod
    def parse(cls, pem: bytes) -> FileMaterial:
        """Of a file that holds the key first, then the chain."""
        key, marker, chain = pem.partition(b"-----BEGIN CERTIFICATE-----")
        return cls(key, marker + chain)

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.chain_pem)

    @property
    def serial(self) -> int:
        return self.certificate.serial_number

    @property
    def expires_at(self) -> datetime:
        return self.certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class Issuer:
    """A certificate authority: its certificate, its private key."""

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)


def new_key(kind: Key) -> PrivateKey:
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def root(key: PrivateKey, *, name: str, now: datetime) -> x509.Certificate:
    subject = _name(name, f"Root {now.year}")
    builder = _dated(key.public_key(), subject=subject, issuer=subject, now=now, until=now + ROOT_LIFE)
    return _authority(builder, path_length=1).sign(key, hashes.SHA256())


def issuing(key: PrivateKey, *, issuer: Issuer, name: str, now: datetime, crl_url: str | None) -> x509.Certificate:
    builder = _issued(key.public_key(), issuer, subject=_name(name, f"Issuing {now.year}"), now=now, life=ISSUING_LIFE)
    return _listed(_authority(builder, path_length=0), crl_url).sign(issuer.key, hashes.SHA256())


def tsa(key: PrivateKey, *, issuer: Issuer, name: str, now: datetime, crl_url: str | None) -> x509.Certificate:
    """RFC 3161, 2.3: one purpose alone, marked critical."""
    builder = _issued(
        key.public_key(), issuer, subject=_name(name, f"Time-stamping {now.year}"), now=now, life=TSA_LIFE
    )
    builder = _end(builder).add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return _listed(builder, crl_url).sign(issuer.key, hashes.SHA256())


def sealing(
    key: PublicKey,
    *,
    issuer: Issuer,
    organization_id: UUID,
    name_fr: str,
    name_en: str,
    now: datetime,
    crl_url: str | None,
) -> x509.Certificate:
    """No extended key usage: readers disagree on which one a PDF needs, and all accept none."""
    subject = sealing_name(name_fr, name_en)
    builder = _end(_issued(key, issuer, subject=subject, now=now, life=SEALING_LIFE))
    organization = x509.UniformResourceIdentifier(organization_id.urn)
    builder = builder.add_extension(x509.SubjectAlternativeName([organization]), critical=False)
    return _listed(builder, crl_url).sign(issuer.key, hashes.SHA256())


def crl(
    issuer: Issuer, *, revoked: Iterable[x509.RevokedCertificate], number: int, now: datetime, life: timedelta
) -> bytes:
    """DER."""
    made = now - SKEW
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(made)
        .next_update(made + life)
        .add_extension(_authority_key(issuer), critical=False)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def load_key(pem: bytes) -> PrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("A key of a kind that Attesta never makes.")
    return key


def load_public_key(der: bytes) -> PublicKey:
    key = serialization.load_der_public_key(der)
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise ValueError("The key must be ECDSA or RSA.")
    return key


def pem(certificates: Sequence[x509.Certificate]) -> bytes:
    return b"".join(certificate.public_bytes(serialization.Encoding.PEM) for certificate in certificates)


def sealing_name(name_fr: str, name_en: str) -> x509.Name:
    """Of an institution, as its certificates bear it."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(name_fr)),
            x509.NameAttribute(NameOID.COMMON_NAME, _short(name_en)),
        ]
    )


def organization_of(certificate: x509.Certificate) -> UUID | None:
    """Whose seal it is: the ``urn:uuid:`` of the alternative name."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    found = [uri for uri in names.get_values_for_type(x509.UniformResourceIdentifier) if uri.startswith("urn:uuid:")]
    return UUID(found[0]) if found else None


def organization_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _issued(
    key: PublicKey, issuer: Issuer, *, subject: x509.Name, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    """Nothing outlives its issuer."""
    until = min(now + life, issuer.certificate.not_valid_after_utc)
    builder = _dated(key, subject=subject, issuer=issuer.certificate.subject, now=now, until=until)
    return builder.add_extension(_authority_key(issuer), critical=False)


def _dated(
    key: PublicKey, *, subject: x509.Name, issuer: x509.Name, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(builder: x509.CertificateBuilder, *, path_length: int) -> x509.CertificateBuilder:
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True).add_extension(
        _usage(signs_certificates=True), critical=True
    )


def _end(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    return builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True).add_extension(
        _usage(signs_certificates=False), critical=True
    )


def _listed(builder: x509.CertificateBuilder, crl_url: str | None) -> x509.CertificateBuilder:
    if not crl_url:
        return builder
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_key(issuer: Issuer) -> x509.AuthorityKeyIdentifier:
    identifier = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _name(organization: str, role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organization)),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{_short(organization, NAME_BYTES - len(role) - 1)} {role}"),
        ]
    )


def _short(name: str, limit: int = NAME_BYTES) -> str:
    encoded = name.encode()
    if len(encoded) <= limit:
        return name
    return encoded[: limit - len(ELLIPSIS.encode())].decode(errors="ignore").rstrip() + ELLIPSIS
