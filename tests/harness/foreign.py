"""Institutions that are not ours: their own roots, and seals made with pyHanko as other software makes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
HOLE = 16_384

type PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def asn1(self) -> asn1.Certificate:
        certificate: asn1.Certificate = asn1.Certificate.load(self.der)
        return certificate

    @property
    def private(self) -> keys.PrivateKeyInfo:
        how = (Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        key: keys.PrivateKeyInfo = keys.PrivateKeyInfo.load(self.key.private_bytes(*how))
        return key


def identity(
    name: str,
    role: str,
    *,
    issuer: Identity | None = None,
    authority: bool = False,
    starts: datetime = NOW - YEAR,
    ends: datetime = NOW + YEAR,
    uri: str = "",
    purposes: Iterable[x509.ObjectIdentifier] = (),
    rsa_bits: int = 0,
    places: str = "",
) -> Identity:
    """Without an issuer it vouches for itself; without ``rsa_bits`` its key is ECDSA P-256.

    ``places``: an address where lists, answers and its issuer are said to be.
    """
    key = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    vouching = issuer.key if issuer else key
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, role)]
    )
    builder = _dated(subject, key, starts, ends).issuer_name(issuer.certificate.subject if issuer else subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    builder = builder.add_extension(_usage(authority), critical=True)
    builder = builder.add_extension(_vouching_key(vouching), critical=False)
    if uri:
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)])
        builder = builder.add_extension(names, critical=False)
    if places:
        builder = builder.add_extension(_lists_at(places), critical=False)
        builder = builder.add_extension(_more_at(places), critical=False)
    if purposes := list(purposes):
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return Identity(builder.sign(vouching, hashes.SHA256()), key)


def crl(
    issuer: Identity,
    *revoked: tuple[int, datetime, x509.ReasonFlags],
    made: datetime = NOW - timedelta(days=1),
    life: timedelta = timedelta(days=400),
) -> bytes:
    """DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(made)
        .next_update(made + life)
    )
    for serial, at, reason in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
        entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


class Unscrupulous(signers.PdfSigner):
    def _enforce_certification_constraints(self, reader: object) -> None:
        """Signs also where an earlier seal forbids it."""


@dataclass(frozen=True, slots=True)
class Notary:
    """Seals documents in some institution's name."""

    root: Identity
    issuing: Identity
    leaf: Identity
    stamping: Identity

    @classmethod
    def named(cls, name: str, *, maker: str = "Autorité", uri: str = "", **leaf: Any) -> Notary:
        """``leaf``: as for ``identity``."""
        long: dict[str, Any] = {"starts": NOW - 10 * YEAR, "ends": NOW + 10 * YEAR}
        root = identity(maker, f"{maker} Root", authority=True, **long)
        issuing = identity(maker, f"{maker} Issuing", issuer=root, authority=True, **long)
        stamping = identity(
            maker, f"{maker} TSA", issuer=root, purposes=[ExtendedKeyUsageOID.TIME_STAMPING], rsa_bits=2048, **long
        )
        return cls(root, issuing, identity(name, name, issuer=issuing, uri=uri, **leaf), stamping)

    def sign(
        self,
        pdf: bytes,
        *,
        certify: MDPPerm | None = None,
        stamped_at: datetime | None = None,
        subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES,
        name: str = "Signature1",
        box: tuple[int, int, int, int] | None = None,
        location: str | None = None,
        digest: str = "sha256",
        lists: Iterable[bytes] = (),
    ) -> bytes:
        """With a time-stamp when ``stamped_at`` is given; visible when ``box`` is; with evidence when ``lists`` are."""
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        how = signers.PdfSignatureMetadata(
            field_name=name,
            certify=certify is not None,
            docmdp_permissions=certify or MDPPerm.FILL_FORMS,
            subfilter=subfilter,
            md_algorithm=digest,
            location=location,
            embed_validation_info=bool(known := self._known(lists)),
            validation_context=known,
        )
        stamper = self._stamper(stamped_at) if stamped_at else None
        signer = Unscrupulous(how, self._signer(), timestamper=stamper, new_field_spec=SigFieldSpec(name, box=box))
        return bytes(signer.sign_pdf(writer, bytes_reserved=HOLE).getbuffer())

    def _known(self, lists: Iterable[bytes]) -> ValidationContext | None:
        crls = [CertificateList.load(each) for each in lists]
        certificates = [self.issuing.asn1, self.stamping.asn1]
        return ValidationContext(trust_roots=[self.root.asn1], other_certs=certificates, crls=crls) if crls else None

    def renew(self, pdf: bytes, *, at: datetime) -> bytes:
        """A document time-stamp at the end."""
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        writer._update_meta = lambda: None  # type: ignore[method-assign]
        stamper = signers.PdfTimeStamper(self._stamper(at))
        return bytes(stamper.timestamp_pdf(writer, "sha256", bytes_reserved=HOLE).getbuffer())

    def _signer(self) -> signers.SimpleSigner:
        store = SimpleCertificateStore()
        store.register(self.issuing.asn1)
        return signers.SimpleSigner(self.leaf.asn1, self.leaf.private, store)

    def _stamper(self, at: datetime) -> DummyTimeStamper:
        return DummyTimeStamper(self.stamping.asn1, self.stamping.private, fixed_dt=at)


def _dated(subject: x509.Name, key: PrivateKey, starts: datetime, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _vouching_key(key: PrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _lists_at(place: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(place)], None, None, None)]
    )


def _more_at(place: str) -> x509.AuthorityInformationAccess:
    at = x509.UniformResourceIdentifier(place)
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at),
            x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, at),
        ]
    )


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
