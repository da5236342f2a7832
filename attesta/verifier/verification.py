"""The whole answer about a file or a printed code: first the register, then, for what it does not know, the seal."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from attesta.credentials import register, sealing
from attesta.credentials.confinement import Failed, Program
from attesta.credentials.models import SealingCertificate
from attesta.credentials.register import Standing
from attesta.credentials.rules import Status
from attesta.organizations.models import Organization
from attesta.seals.report import Report, Verdict
from attesta.verifier import claims, exchange, revocations, rules
from attesta.verifier.claims import Claim
from attesta.verifier.rules import Conclusion, Known, Seal

BREAKING = ("whole-file", "unaltered", "signature", "certified", "certificate-revocation")

AT_ONCE = 4  # of one process: one is examined, the others wait for it

program = Program("attesta.verifier.child")
_queue = threading.BoundedSemaphore(AT_ONCE)


class Busy(RuntimeError):
    """Too many files wait to be examined: nothing was read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``standing`` is what the register knows of these very bytes, or of what was renewed since.

    ``report`` is there when the file was examined. ``institution``: whom to ask; for an altered file, whose name it
    carries. ``sha256`` is empty for a printed code, ``size`` in bytes. ``names_version``: a bare code does not.
    """

    conclusion: Conclusion
    standing: Standing | None = None
    report: Report | None = None
    institution: Organization | None = None
    sha256: str = ""
    size: int = 0
    began_as_issued: bool = False
    names_version: bool = True

    @property
    def is_printed(self) -> bool:
        """It is about a code, not about a file."""
        return not self.sha256

    @property
    def may_be_older(self) -> bool:
        """The document stands, but the paper at hand may be of a version before: they all carry its code."""
        return self.conclusion is Conclusion.CURRENT and not self.names_version and self.latest > 1

    @property
    def is_past(self) -> bool:
        """It was replaced, and what replaced it has expired."""
        status = self.standing.status if self.standing else None
        return self.conclusion is Conclusion.OLDER and status is Status.EXPIRED

    @property
    def latest(self) -> int:
        return self.standing.current if self.standing else 0


def of_file(pdf: bytes, *, now: datetime) -> Answer:
    """Reads ``pdf`` in memory alone, and keeps nothing of it. Raises Busy."""
    return of_issued(pdf) or of_unknown(pdf, now=now)


def of_issued(pdf: bytes) -> Answer | None:
    """When the register knows these very bytes: a look-up, no more."""
    digest = sha256(pdf).hexdigest()
    standing = register.of_file(digest)
    if standing is None:
        return None
    found = rules.conclusion(known(standing), None)
    return Answer(found, standing, institution=standing.issuer, sha256=digest, size=len(pdf))


def of_unknown(pdf: bytes, *, now: datetime) -> Answer:
    """When it does not: what the file says, and whether its seal holds. Raises Busy."""
    before = _issued_before(claims.earlier_hashes(pdf))
    report = examined(pdf, now)
    certificate = register.certificate(report.certificate_sha256) if report and report.certificate_sha256 else None
    if report and certificate:
        report = revocations.applied(report, certificate, before)
    claimed = None if before else _claimed(pdf, report)
    seal = seal_of(report) if report else None
    found = rules.conclusion(
        known(before, whole=False) if before else None,
        seal,
        claims_us=bool(claimed) or _is_ours(certificate, seal) or _imitates(report),
    )
    return Answer(
        conclusion=found,
        standing=before if found is not Conclusion.ALTERED else None,
        report=report,
        institution=_institution(before or claimed, certificate, report),
        sha256=sha256(pdf).hexdigest(),
        size=len(pdf),
        began_as_issued=before is not None,
    )


def of_code(text: str, version_id: UUID | None = None) -> Answer | None:
    """How the document stands that the code is printed on; with ``version_id``, that version of it."""
    standing = register.of_code(text)
    if standing is None:
        return None
    named = register.of_version(version_id) if version_id else None
    if named and named.credential.pk != standing.credential.pk:
        named = None
    standing = named or standing
    found = rules.of_register(known(standing))
    return Answer(found, standing, institution=standing.issuer, names_version=named is not None)


def known(standing: Standing, *, whole: bool = True) -> Known:
    return Known(status=standing.status, is_current=standing.is_current, whole=whole, size=standing.version.size)


def examined(pdf: bytes, now: datetime) -> Report | None:
    """The check of its seal, in the confined program; None when the file goes over its bounds. Raises Busy."""
    if not _queue.acquire(blocking=False):
        raise Busy("Too many files are being examined.")
    try:
        return _examined(pdf, now)
    finally:
        _queue.release()


def _examined(pdf: bytes, now: datetime) -> Report | None:
    roots, lists = ([b64encode(each).decode() for each in found()] for found in (sealing.roots, sealing.crls))
    try:
        return exchange.read(program.ask("check", pdf, roots=roots, crls=lists, now=now.isoformat()))
    except (Failed, exchange.Unintelligible):
        return None


def seal_of(report: Report) -> Seal:
    return Seal(
        is_pdf=report["is-pdf"].verdict == Verdict.YES,
        is_sealed=report.is_sealed,
        is_intact=report.is_intact,
        is_trusted=report.is_trusted,
        is_broken=any(report[code].verdict == Verdict.NO for code in BREAKING),
        is_renewed=report["whole-file"].reason == "renewed",
        sealed_bytes=report.sealed_bytes,
    )


def _issued_before(hashes: Iterable[str]) -> Standing | None:
    return next(filter(None, map(register.of_file, hashes)), None)


def _claimed(pdf: bytes, report: Report | None) -> Standing | None:
    """The document that a file says it is: by its seal's address, or by the number and size of a version."""
    said = claims.of_location(report.location) if report else None
    found = (_document(claim, len(pdf)) for claim in ([said] if said else []) + list(claims.claims(pdf)))
    return next(filter(None, found), None)


def _document(claim: Claim, size: int) -> Standing | None:
    """Any text may name our pages; only a seal's address counts, or one in a file as long as what was issued."""
    standing = register.of_version(claim.version) if claim.version else None
    if standing and (claim.in_seal or standing.version.size == size):
        return standing
    return register.of_code(claim.code) if claim.code and claim.in_seal else None


def _is_ours(certificate: SealingCertificate | None, seal: Seal | None) -> bool:
    """What an institution seals elsewhere with a certificate of its own is not ours, as long as it is whole."""
    return certificate is not None and (certificate.is_local or not (seal and seal.is_intact))


def _imitates(report: Report | None) -> bool:
    """Its certificate says that it comes from one of our roots, and does not."""
    return report is not None and report["chain"].reason == "look-alike"


def _institution(
    claimed: Standing | None, certificate: SealingCertificate | None, report: Report | None
) -> Organization | None:
    if claimed:
        return claimed.issuer
    if certificate:
        return certificate.organization
    named = report.signer_organization if report and report.is_trusted else ""
    return Organization.objects.filter(pk=named).first() if named else None
