"""What is known of a document, one line a question: the panel ``web/visit/checks.html`` shows it at every door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attesta.credentials.models import Credential, SealingCertificate, Version
from attesta.credentials.rules import Status
from attesta.organizations.days import today
from attesta.web.dates import day, moment
from attesta.web.languages import language

YES, ATTENTION, NO, UNKNOWN = "yes", "attention", "no", "unknown"


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """``verdict``: yes, attention, no or unknown. ``line`` for a person in a hurry, ``note`` for an expert."""

    code: str
    verdict: str
    line: str
    note: str = ""


def of_shown(credential: Credential, version: Version) -> list[ShownCheck]:
    """Of a version that its page shows: from the register alone, nothing is computed again."""
    issued, *others = of_version(credential, version)
    return [issued, _kept(version), *others]


def of_held(credential: Credential, version: Version, sha256: str) -> list[ShownCheck]:
    """Of a file that someone brought: its hash is the version's, or that of a copy whose seal was renewed."""
    issued, *others = of_version(credential, version)
    return [issued, _unaltered(version, sha256), *others]


def of_version(credential: Credential, version: Version) -> list[ShownCheck]:
    """The first says who issued it; none speaks of bytes."""
    return [
        _issued(credential),
        _sealed(credential, version, version.certificate),
        _current(credential, version),
        _revoked(credential),
        *_expired(credential),
    ]


def _issued(credential: Credential) -> ShownCheck:
    institution = credential.issuer.name(language())
    return ShownCheck(
        "issued",
        YES,
        _("Issued through Attesta by %(institution)s") % {"institution": institution},
        _("The institution itself put this document here. The person who shares it cannot change it."),
    )


def _kept(version: Version) -> ShownCheck:
    return ShownCheck("unaltered", YES, _("Kept byte for byte as it was issued"), _hash(version.sha256))


def _unaltered(version: Version, sha256: str) -> ShownCheck:
    if sha256 == version.sha256:
        return ShownCheck("unaltered", YES, _("Not one byte has changed since it was issued"), _hash(sha256))
    line = _("What was issued has not changed: only the proof of its date was renewed behind it")
    return ShownCheck("unaltered", YES, line, _hash(sha256))


def _hash(sha256: str) -> str:
    words = _("SHA-256 of the PDF, for whoever wants to compare: %(sha256)s. One changed byte gives another value.")
    return words % {"sha256": sha256}


def _sealed(credential: Credential, version: Version, certificate: SealingCertificate | None) -> ShownCheck:
    if certificate is None:
        return ShownCheck("sealed", UNKNOWN, *_as_given(version))
    note = _("The seal in the file can be checked without us. SHA-256 of its certificate: %(fingerprint)s")
    return ShownCheck(
        "sealed",
        ATTENTION if certificate.revoked_at else YES,
        _sealed_line(credential, version, certificate),
        note % {"fingerprint": certificate.fingerprint},
    )


def _as_given(version: Version) -> tuple[str, str]:
    """Of a file that is kept as the institution handed it in: whatever seal it has is not from here."""
    if version.came_signed:
        return (
            _("Not sealed through Attesta: the file came with a signature"),
            _("It is kept byte for byte. We did not judge that signature: a PDF reader tells whose it is."),
        )
    if version.came_signed is None:
        return (
            _("Not sealed through Attesta"),
            _("It is kept as the institution handed it in, and can be checked here by its bytes."),
        )
    return (
        _("The file carries no seal of its own"),
        _("It can be checked here by its bytes, but not without us: it is kept as the institution handed it in."),
    )


def _sealed_line(credential: Credential, version: Version, certificate: SealingCertificate) -> str:
    """A certificate revoked later takes nothing from a document that is known by its bytes; other programs may warn."""
    words = {
        "institution": credential.issuer.name(language()),
        "moment": moment(version.sealed_at),
        "day": day(certificate.revoked_at),
    }
    if certificate.revoked_at:
        line = _("Sealed by %(institution)s on %(moment)s, with a certificate that was revoked on %(day)s")
    else:
        line = _("Sealed by %(institution)s on %(moment)s")
    return line % words


def _current(credential: Credential, version: Version) -> ShownCheck:
    numbers = {"number": version.number, "latest": credential.latest, "day": day(credential.updated_at)}
    if version.number != credential.latest:
        return ShownCheck(
            "current",
            NO,
            _("An older version (number %(number)s): number %(latest)s replaced it on %(day)s") % numbers
            if version.number + 1 == credential.latest
            else _("An older version (number %(number)s): number %(latest)s is the newest, since %(day)s") % numbers,
            _("Ask for the current version: what this one says may no longer be so."),
        )
    if credential.status in {Status.REVOKED, Status.EXPIRED}:  # no version of it is current
        return ShownCheck("current", YES, _("The newest version of this document"))
    if credential.updated_at:
        return ShownCheck("current", YES, _("Current version, updated on %(day)s") % numbers)
    return ShownCheck("current", YES, _("Current version, never updated"))


def _revoked(credential: Credential) -> ShownCheck:
    if credential.revoked_at is None:
        return ShownCheck("revoked", YES, _("Not revoked"))
    reason = credential.shown_reason
    return ShownCheck(
        "revoked",
        NO,
        _("Revoked on %(day)s") % {"day": day(credential.revoked_at)},
        _("Reason given: %(reason)s") % {"reason": reason} if reason else _("The institution gives no reason."),
    )


def _expired(credential: Credential) -> Iterator[ShownCheck]:
    """Only of a credential with a date of its own."""
    if credential.expires_on is None:
        return
    words = {"day": day(credential.expires_on)}
    if today() >= credential.expires_on:
        yield ShownCheck(
            "expiry",
            ATTENTION,
            _("No longer current since %(day)s: the credential has expired") % words,
            _("The institution issued it as valid until that day. This is not the expiry of a link."),
        )
    else:
        yield ShownCheck("expiry", YES, _("Not expired: the credential expires on %(day)s") % words)
