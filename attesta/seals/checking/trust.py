"""Whose certificate it is: the way from it to a known root, and whether it was revoked."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import Certificate, load_der_x509_certificate
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

from attesta.seals.checking.revocation import Revoked, Statements

PATH_ALONE = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK)
)
FOREIGN_PURPOSES = {"server_auth", "time_stamping", "ocsp_signing", "code_signing"}

type Path = tuple[x509.Certificate, ...]  # from the root down


class Use(Enum):
    SEALING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``reason``: unknown, self-signed, look-alike, expired, not-yet, purpose or invalid; empty when it holds."""

    path: Path = ()
    reason: str = ""


@dataclass(frozen=True)
class Trust:
    """Our roots; certificates and statements from the file, each good for what its own issuer signed; our own."""

    roots: Path
    certificates: Path
    stored: Statements
    given: Statements

    def standing(self, certificate: x509.Certificate, at: datetime, use: Use) -> Standing:
        """Does it lead to a root, valid at that time, and may it be used so? Revocation apart."""
        try:
            path = self._path(certificate, at)
            use.value.validate(certificate)
        except (PathError, ValidationError) as error:
            return Standing(reason=self._doubt(certificate, error))
        if use is Use.SEALING and _is_for_something_else(certificate):
            return Standing(reason="purpose")
        return Standing(path)

    def revoked(self, path: Path) -> Revoked | None:
        return (self.stored + self.given).revoked(_readable(path))

    def is_clear(self, path: Path, at: datetime) -> bool:
        """Something shows that nothing on the way was revoked at that time."""
        return (self.stored + self.given).clear(_readable(path), at)

    def is_clear_by_itself(self, path: Path, at: datetime) -> bool:
        """The file shows it, without our lists."""
        return self.stored.clear(_readable(path), at)

    def _path(self, certificate: x509.Certificate, at: datetime) -> Path:
        context = ValidationContext(
            trust_roots=list(self.roots),
            other_certs=self._vouched,
            moment=at,
            allow_fetching=False,
            revinfo_policy=PATH_ALONE,
        )
        paths = context.path_builder.async_build_paths_lazy(certificate)
        return tuple(at_once(find_valid_path(certificate, paths, context)))

    @cached_property
    def _vouched(self) -> Path:
        """Those that a root leads to, so that nobody can lay a maze of names."""
        vouched, waiting = list(self.roots), list(self.certificates)
        for issuer in vouched:  # grows meanwhile
            found = [each for each in waiting if issued(each, by=issuer)]
            vouched.extend(found)
            waiting = [each for each in waiting if each not in found]
        return tuple(vouched)

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
    if certificate.issuer != by.subject:
        return False
    try:
        _loaded(certificate.dump()).verify_directly_issued_by(_loaded(by.dump()))
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
def parsed(roots: tuple[bytes, ...]) -> Path:
    return tuple(x509.Certificate.load(root) for root in roots)


@lru_cache(maxsize=256)
def _loaded(certificate: bytes) -> Certificate:
    return load_der_x509_certificate(certificate)


def _readable(path: Sequence[x509.Certificate]) -> list[Certificate]:
    return [_loaded(each.dump()) for each in path]


def _is_self_issued(certificate: x509.Certificate) -> bool:
    return bool(certificate.issuer == certificate.subject)


def _is_for_something_else(certificate: x509.Certificate) -> bool:
    purposes = certificate.extended_key_usage_value
    return purposes is not None and set(purposes.native) <= FOREIGN_PURPOSES
