"""The root certificates that our seals lead to, as people compare and install them; the lists of what was revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from attesta.credentials import sealing


@dataclass(frozen=True, slots=True)
class Root:
    name: str
    sha256: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    pem: bytes


@dataclass(frozen=True, slots=True)
class RevocationList:
    """``slug`` stands in its address: ``/verify/roots/<slug>.crl``."""

    slug: str
    name: str
    revoked: int
    made_at: datetime
    until: datetime | None
    der: bytes


def roots() -> list[Root]:
    return [_root(der) for der in sealing.roots()]


def root(fingerprint: str) -> Root | None:
    return next((each for each in roots() if each.sha256 == fingerprint.lower()), None)


def lists() -> list[RevocationList]:
    return [_list(slug, der) for slug, der in sealing.published_lists().items()]


def revocation_list(slug: str) -> bytes | None:
    return sealing.published_lists().get(slug)


def _list(slug: str, der: bytes) -> RevocationList:
    found = x509.load_der_x509_crl(der)
    return RevocationList(slug, _name(found.issuer), len(found), found.last_update_utc, found.next_update_utc, der)


def _root(der: bytes) -> Root:
    certificate = x509.load_der_x509_certificate(der)
    digest = sha256(der)
    return Root(
        name=_name(certificate.subject),
        sha256=digest.hexdigest(),
        fingerprint=digest.digest().hex(":").upper(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        pem=certificate.public_bytes(Encoding.PEM),
    )


def _name(subject: x509.Name) -> str:
    common = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else subject.rfc4514_string()
