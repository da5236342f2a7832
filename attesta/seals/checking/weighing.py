"""Everything that is found out about the one seal that speaks for the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from asn1crypto import x509
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking import edits, embedded, evidence, signed, times
from attesta.seals.checking.edits import Edits
from attesta.seals.checking.envelope import Envelope, covers_its_revision, envelope
from attesta.seals.checking.reading import Document, plain, value
from attesta.seals.checking.revocation import Revoked
from attesta.seals.checking.signed import Signed
from attesta.seals.checking.times import Stamp
from attesta.seals.checking.trust import Standing, Trust, Use

KNOWN = {"", "expired"}
URN = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class Weighed:
    document: Document
    seal: EmbeddedPdfSignature
    signed: Signed | None  # None: malformed
    envelope: Envelope
    strays: str  # what stands in a signature without being covered by one; see embedded
    edits: Edits
    stamp: Stamp | None
    renewals: tuple[Stamp, ...]
    standing: Standing
    revoked: Revoked | None
    is_clear: bool  # of revocation, by anything that we know
    judged_at: datetime  # the moment at which the certificate was judged
    has_evidence: bool

    @property
    def is_covered(self) -> bool:
        """The seal covers all of the revision it is in."""
        return covers_its_revision(self.seal)

    @property
    def is_followed(self) -> bool:
        """By bytes that are no revision."""
        return self.document.behind or (self.edits.count == 0 and self.envelope.end < len(self.document.pdf))

    @property
    def last_is_stamp(self) -> bool:
        """The newest time-stamp covers the file to its end."""
        stamps = self.document.stamps
        return bool(stamps) and envelope(self.document.pdf, stamps[-1]) == Envelope(len(self.document.pdf))

    @property
    def lock(self) -> int | None:
        """DocMDP: 1 nothing, 2 forms, 3 also notes may change."""
        try:
            level = self.seal.docmdp_level
        except Exception:  # a lock that nobody can read
            return None
        return None if level is None else int(level.value)

    @property
    def certificate(self) -> x509.Certificate:
        return self.seal.signer_cert

    @property
    def name(self) -> str:
        names = self.certificate.subject.native
        return plain(names.get("organization_name") or names.get("common_name") or "")

    @property
    def organization(self) -> str:
        """The UUID in the certificate's alternative name."""
        alternatives = self.certificate.subject_alt_name_value
        found = [name.native for name in alternatives or () if name.name == "uniform_resource_identifier"]
        return next(filter(None, map(_uuid, found)), "")

    @property
    def fingerprint(self) -> str:
        return sha256(self.certificate.dump()).hexdigest()

    @property
    def location(self) -> str:
        told = value(self.seal.sig_object, "/Location")
        return plain(told) if isinstance(told, TextStringObject) else ""

    @property
    def claimed_at(self) -> datetime | None:
        return claimed_time(self.seal)

    @property
    def sealed_at(self) -> datetime | None:
        return self.stamp.at if self.stamp and self.stamp.proves else self.claimed_at


def weigh(document: Document, *, roots: Sequence[bytes], now: datetime, crls: Sequence[bytes]) -> Weighed:
    """The first seal by a known institution, else the first of all."""
    trust = evidence.trust(document, inside=_inside(*document.seals, *document.stamps), roots=roots, crls=crls)
    stamps = times.renewals(document, trust, now)
    moment = times.moment_before(stamps, now)
    return _weigh(document, _foremost(document.seals, trust, moment), trust, stamps, moment)


def _foremost(seals: Sequence[EmbeddedPdfSignature], trust: Trust, moment: datetime) -> EmbeddedPdfSignature:
    if len(seals) == 1:
        return seals[0]
    known = (seal for seal in seals if trust.standing(seal.signer_cert, moment, Use.SEALING).reason in KNOWN)
    return next(known, seals[0])


def _weigh(
    document: Document, seal: EmbeddedPdfSignature, trust: Trust, renewals: tuple[Stamp, ...], moment: datetime
) -> Weighed:
    hole = envelope(document.pdf, seal)
    examined = _examined(seal)
    stamp = times.of_signature(seal, trust, moment)
    at = stamp.at if stamp and stamp.proves else moment
    standing = trust.standing(seal.signer_cert, at, Use.SEALING)
    return Weighed(
        document=document,
        seal=seal,
        signed=examined,
        envelope=hole,
        strays=embedded.strays(_inside(seal, *document.stamps), trust, [standing.path, *_paths(stamp, renewals)]),
        edits=edits.after(seal),
        stamp=stamp,
        renewals=renewals,
        standing=standing,
        revoked=trust.revoked(standing.path),
        is_clear=trust.is_clear(standing.path, at),
        judged_at=at,
        has_evidence=trust.is_clear_by_itself(standing.path, at),
    )


def _paths(stamp: Stamp | None, renewals: tuple[Stamp, ...]) -> Iterator[tuple[x509.Certificate, ...]]:
    return (each.path for each in (*filter(None, [stamp]), *renewals))


def _inside(*signatures: EmbeddedPdfSignature) -> Iterator[x509.Certificate]:
    for signature in signatures:
        yield from embedded.certificates(signature.signed_data)


def _examined(seal: EmbeddedPdfSignature) -> Signed | None:
    try:
        return signed.examine(seal.signed_data, seal.compute_digest())
    except Exception:  # the signature comes from anywhere
        return None


def claimed_time(seal: EmbeddedPdfSignature) -> datetime | None:
    try:
        found = seal.self_reported_timestamp
    except Exception:  # a date that is none
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _uuid(uri: str) -> str:
    try:
        return str(UUID(uri.removeprefix(URN))) if uri.startswith(URN) else ""
    except ValueError:
        return ""
