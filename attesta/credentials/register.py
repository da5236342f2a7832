"""What was issued, looked up by a file's hash or by the code printed on it: SQL written once, for every verification.

See ``activity.statements``. Tells what whoever holds a document may know of it, and never gives its bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model

from attesta.activity.statements import columns, fields, first, model, stored
from attesta.credentials.composing import code as codes
from attesta.credentials.models import Credential, Renewal, SealingCertificate, Version
from attesta.credentials.rules import Status
from attesta.organizations.models import Organization

PARTS: tuple[tuple[type[Model], str], ...] = (
    (Version, "v"),
    (Credential, "c"),
    (Organization, "o"),
    (SealingCertificate, "s"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One version as it was issued, and how its credential stands now. ``status`` is as of today."""

    credential: Credential
    version: Version
    status: Status

    @property
    def issuer(self) -> Organization:
        return self.credential.issuer

    @property
    def current(self) -> int:
        """Number of the current version."""
        return self.credential.latest

    @property
    def is_current(self) -> bool:
        """Is this version the newest? It may be revoked or expired all the same."""
        return self.version.number == self.current

    @property
    def learner_name(self) -> str:
        """As issued; empty when the institution gave none."""
        return self.credential.learner_name


def of_file(sha256: str) -> Standing | None:
    """The version that is this very file. Of several with the same bytes, the one that still holds."""
    return _standing(first(_of_file_sql(), [sha256])) or _of_renewal(sha256)


def _of_renewal(sha256: str) -> Standing | None:
    renewal = Renewal.objects.filter(sha256=sha256).only("version_id").first()
    return of_version(renewal.version_id) if renewal else None


def of_version(version_id: UUID) -> Standing | None:
    return _standing(first(_of_version_sql(), [stored(version_id)]))


def of_code(text: str) -> Standing | None:
    """The current version of what this code is printed on, however it was typed."""
    code = codes.normal(text)
    return _standing(first(_of_code_sql(), [code])) if code else None


def certificate(fingerprint: str) -> SealingCertificate | None:
    """A certificate that an institution seals or sealed with, by its SHA-256."""
    return SealingCertificate.objects.select_related("organization").filter(fingerprint=fingerprint).first()


def _standing(row: tuple[Any, ...] | None) -> Standing | None:
    if row is None:
        return None
    version, credential, issuer, sealed_with = _models(row)
    credential.issuer = issuer
    version.credential = credential
    version.certificate = sealed_with if version.certificate_id else None
    return Standing(credential=credential, version=version, status=credential.status)


def _models(row: Sequence[Any]) -> list[Any]:
    found, start = [], 0
    for kind, _ in PARTS:
        end = start + len(fields(kind))
        found.append(model(kind, row[start:end]))
        start = end
    return found


@cache
def _select() -> str:
    return (
        f"SELECT {', '.join(columns(kind, alias) for kind, alias in PARTS)}"  # noqa: S608 - names of our own columns
        " FROM credentials_version v JOIN credentials_credential c ON c.id = v.credential_id"
        " JOIN organizations_organization o ON o.id = c.issuer_id"
        " LEFT JOIN credentials_sealingcertificate s ON s.id = v.certificate_id"
    )


@cache
def _of_file_sql() -> str:
    holds_first = "c.revoked_at IS NOT NULL, v.number <> c.latest, v.created_at DESC"
    return f"{_select()} WHERE v.sha256 = %s ORDER BY {holds_first} LIMIT 1"


@cache
def _of_version_sql() -> str:
    return f"{_select()} WHERE v.id = %s"


@cache
def _of_code_sql() -> str:
    return f"{_select()} WHERE c.code = %s AND v.number = c.latest"
