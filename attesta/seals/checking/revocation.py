"""Was a certificate revoked? What authorities say of it: lists (RFC 5280) and answers (RFC 6960)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    CertificateRevocationList,
    CRLReason,
    ExtensionNotFound,
    InvalidityDate,
    IssuingDistributionPoint,
    ReasonFlags,
    RevokedCertificate,
)
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponse, OCSPSingleResponse

from attesta.seals.checking import responders

HARMLESS = {ReasonFlags.superseded, ReasonFlags.cessation_of_operation, ReasonFlags.affiliation_changed}

type Path = Sequence[Certificate]  # from the root down


@dataclass(frozen=True, slots=True)
class Revoked:
    """``at``: since when it is not to be believed. ``harmless``: what it did before stays as good as it was."""

    at: datetime
    reason: str
    harmless: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """Only what a certificate's own issuer signed, or let sign, counts."""

    lists: tuple[CertificateRevocationList, ...] = ()
    answers: tuple[OCSPResponse, ...] = ()

    def __add__(self, other: Statements) -> Statements:
        return Statements(self.lists + other.lists, self.answers + other.answers)

    def revoked(self, path: Path) -> Revoked | None:
        """The earliest revocation on the way, whenever it was."""
        found = [each for issuer, one in pairwise(path) for each in self._revocations(one, issuer)]
        return min(found, key=lambda revoked: revoked.at, default=None)

    def clear(self, path: Path, at: datetime) -> bool:
        """They show of every certificate on the way that it was not revoked at that time."""
        return all(any(self._clearings(one, issuer, at)) for issuer, one in pairwise(path))

    def _revocations(self, one: Certificate, issuer: Certificate) -> Iterator[Revoked]:
        for each in self._lists_of(issuer):
            if entry := each.get_revoked_certificate_by_serial_number(one.serial_number):
                yield _entered(entry)
        for answer in self._answers_on(one, issuer):
            if answer.certificate_status == OCSPCertStatus.REVOKED and answer.revocation_time_utc:
                yield _revoked(answer.revocation_time_utc, answer.revocation_reason)

    def _clearings(self, one: Certificate, issuer: Certificate, at: datetime) -> Iterator[bool]:
        """A list without it is one, whichever came later; so it counts only beside ``revoked``."""
        for each in self._lists_of(issuer):
            listed = each.get_revoked_certificate_by_serial_number(one.serial_number)
            yield not listed and _holds(each, at) and _speaks_of(each, one)
        for answer in self._answers_on(one, issuer):
            yield answer.certificate_status == OCSPCertStatus.GOOD and _holds(answer, at)

    def _lists_of(self, issuer: Certificate) -> Iterator[CertificateRevocationList]:
        key: Any = issuer.public_key()
        return (each for each in self.lists if each.issuer == issuer.subject and each.is_signature_valid(key))

    def _answers_on(self, one: Certificate, issuer: Certificate) -> Iterator[OCSPSingleResponse]:
        for response in self.answers:
            for answer in response.responses:
                if responders.is_about(answer, one, issuer) and responders.is_authentic(response, issuer):
                    yield answer


def _holds(statement: Any, at: datetime) -> bool:
    """It was made for that time or a later one."""
    made = statement.last_update_utc if hasattr(statement, "last_update_utc") else statement.this_update_utc
    return bool((statement.next_update_utc or made) >= at)


def _speaks_of(each: CertificateRevocationList, one: Certificate) -> bool:
    """It would name this certificate: no partial list, no other kind of certificate, nothing unknown that matters."""
    critical = [extension.value for extension in each.extensions if extension.critical]
    scopes = [value for value in critical if isinstance(value, IssuingDistributionPoint)]
    return len(scopes) == len(critical) and all(_covers(scope, one) for scope in scopes)


def _covers(scope: IssuingDistributionPoint, one: Certificate) -> bool:
    if scope.indirect_crl or scope.only_some_reasons or scope.only_contains_attribute_certs:
        return False
    return not (scope.only_contains_user_certs if _is_authority(one) else scope.only_contains_ca_certs)


def _is_authority(one: Certificate) -> bool:
    try:
        return one.extensions.get_extension_for_class(BasicConstraints).value.ca
    except ExtensionNotFound:
        return False


def _entered(entry: RevokedCertificate) -> Revoked:
    reason, at = None, entry.revocation_date_utc
    for extension in entry.extensions:
        if isinstance(extension.value, CRLReason):
            reason = extension.value.reason
        if isinstance(extension.value, InvalidityDate):
            at = min(at, extension.value.invalidity_date_utc)
    return _revoked(at, reason)


def _revoked(at: datetime, reason: ReasonFlags | None) -> Revoked:
    told = reason or ReasonFlags.unspecified
    return Revoked(at, told.value, told in HARMLESS)
