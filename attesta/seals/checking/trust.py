"""Whose certificate it is: the way from it to a known root, and whether it was revoked."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from asn1crypto import crl, ocsp, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import (
    CertificateRevocationList,
    CRLReason,
    InvalidityDate,
    ReasonFlags,
    load_der_x509_certificate,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

NO_CHECK = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK)
)
FULL_CHECK = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CRL_OR_OCSP_REQUIRED),
    retroactive_revinfo=True,
)
HARMLESS = {ReasonFlags.superseded, ReasonFlags.cessation_of_operation, ReasonFlags.affiliation_changed}
FOREIGN_PURPOSES = {"server_auth", "time_stamping", "ocsp_signing", "code_signing"}


class Use(Enum):
    SEALING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``reason``: unknown, self-signed, look-alike, expired, not-yet, purpose or invalid; empty when it holds."""

    path: tuple[x509.Certificate, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Revoked:
    at: datetime
    reason: str
    harmless: bool


@dataclass(frozen=True)
class Trust:
    """What is known for judging certificates: our roots, and evidence from anywhere (each piece is itself signed)."""

    roots: tuple[x509.Certificate, ...]
    certificates: tuple[x509.Certificate, ...]
    crls: tuple[CertificateRevocationList, ...]
    ocsps: tuple[ocsp.OCSPResponse, ...]
    given: tuple[CertificateRevocationList, ...] = ()  # by our caller, not by the file

    def standing(self, certificate: x509.Certificate, at: datetime, use: Use) -> Standing:
        """Does it lead to a root, valid at that time, and may it be used so? Revocation apart."""
        try:
            path = self._path(certificate, at, NO_CHECK)
            use.value.validate(certificate)
        except (PathError, ValidationError) as error:
            return Standing(reason=self._doubt(certificate, error))
        if use is Use.SEALING and _is_for_something_else(certificate):
            return Standing(reason="purpose")
        return Standing(tuple(path))

    def is_shown_unrevoked(self, path: Sequence[x509.Certificate], at: datetime) -> bool | None:
        """None: nothing tells."""
        try:
            self._path(path[-1], at, FULL_CHECK)
        except RevokedError:
            return False
        except (PathError, ValidationError):
            return None
        return True

    def revoked(self, path: Sequence[x509.Certificate]) -> Revoked | None:
        """The earliest revocation on the way, whenever it was: at its invalidity date when that is told."""
        listed = [found for issuer, one in pairwise(path) for found in self._listed(one, issuer)]
        return min(listed, key=lambda revoked: revoked.at, default=None)

    def _path(self, certificate: x509.Certificate, at: datetime, policy: CertRevTrustPolicy) -> ValidationPath:
        context = ValidationContext(
            trust_roots=list(self.roots),
            other_certs=self.certificates,
            moment=at,
            allow_fetching=False,
            crls=self._parsed_crls if policy is FULL_CHECK else (),
            ocsps=self.ocsps if policy is FULL_CHECK else (),
            revinfo_policy=policy,
        )
        paths = context.path_builder.async_build_paths_lazy(certificate)
        found: ValidationPath = at_once(find_valid_path(certificate, paths, context))
        return found

    @cached_property
    def _parsed_crls(self) -> tuple[crl.CertificateList, ...]:
        return tuple(crl.CertificateList.load(each.public_bytes(Encoding.DER)) for each in (*self.crls, *self.given))

    def _listed(self, one: x509.Certificate, issuer: x509.Certificate) -> Iterator[Revoked]:
        key: Any = load_der_x509_certificate(issuer.dump()).public_key()
        name = issuer.subject.dump()
        for each in (*self.crls, *self.given):
            entry = each.get_revoked_certificate_by_serial_number(one.serial_number)
            if entry and each.issuer.public_bytes() == name and each.is_signature_valid(key):
                yield _revoked(entry)

    def _doubt(self, certificate: x509.Certificate, error: Exception) -> str:
        match error:
            case ExpiredError():
                return "expired"
            case NotYetValidError():
                return "not-yet"
            case InvalidCertificateError() if not _is_self_issued(certificate):
                return "purpose"
        if self._imitates(certificate):
            return "look-alike"
        if _is_self_issued(certificate):
            return "self-signed"
        return "unknown" if isinstance(error, PathBuildingError) else "invalid"

    def _imitates(self, certificate: x509.Certificate) -> bool:
        """It, or a certificate above it, says that it comes from one of our roots, and does not."""
        claims = ((each, root) for each in self._upwards(certificate) for root in self.roots)
        return any(each.issuer == root.subject and not issued(each, by=root) for each, root in claims)

    def _upwards(self, certificate: x509.Certificate) -> Iterator[x509.Certificate]:
        by_name = {each.subject.hashable: each for each in self.certificates}
        seen: set[bytes] = set()
        next_up: x509.Certificate | None = certificate
        while next_up is not None and next_up.dump() not in seen:
            yield next_up
            seen.add(next_up.dump())
            next_up = by_name.get(next_up.issuer.hashable)


def issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    """By name and signature."""
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(load_der_x509_certificate(by.dump()))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def at_once[T](work: Coroutine[Any, Any, T]) -> T:
    """The result of work that never waits: what would wait would be for a network."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("checking never waits")


@lru_cache(maxsize=8)
def parsed(roots: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(root) for root in roots)


def _is_self_issued(certificate: x509.Certificate) -> bool:
    return bool(certificate.issuer == certificate.subject)


def _is_for_something_else(certificate: x509.Certificate) -> bool:
    purposes = certificate.extended_key_usage_value
    return purposes is not None and set(purposes.native) <= FOREIGN_PURPOSES


def _revoked(entry: Any) -> Revoked:
    reason, at = ReasonFlags.unspecified, entry.revocation_date_utc
    for extension in entry.extensions:
        if isinstance(extension.value, CRLReason):
            reason = extension.value.reason
        if isinstance(extension.value, InvalidityDate):
            at = min(at, extension.value.invalidity_date_utc)
    return Revoked(at, reason.value, reason in HARMLESS)
