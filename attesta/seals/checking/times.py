"""When it was sealed: time-stamps, and the document time-stamps that renew them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.sign.validation.generic_cms import message_imprint_checker
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking import signed
from attesta.seals.checking.envelope import covers_its_revision, envelope
from attesta.seals.checking.reading import Document
from attesta.seals.checking.signed import Signed
from attesta.seals.checking.trust import Standing, Trust, Use

DRIFT = timedelta(minutes=5)  # clocks differ


@dataclass(frozen=True, slots=True)
class Stamp:
    """``path`` of its authority. ``reason``: broken, future, revoked or a Standing's; empty when it proves."""

    at: datetime
    reason: str = ""
    signed: Signed | None = None
    path: tuple[x509.Certificate, ...] = ()

    @property
    def proves(self) -> bool:
        return not self.reason


def of_signature(seal: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> Stamp | None:
    """The time-stamp on a signature, as judged at ``moment``: a proving one if there are several."""
    imprint = message_imprint_checker(seal.signer_info)
    found = [_stamp(token, imprint, trust, moment) for token in signed.tokens(seal.signed_data)]
    return next((each for each in found if each.proves), found[0] if found else None)


def renewals(document: Document, trust: Trust, now: datetime) -> tuple[Stamp, ...]:
    """Newest first; each is judged at the time that the next newer one proves."""
    judged: list[Stamp] = []
    for stamp in reversed(document.stamps):
        judged.append(_renewal(document, stamp, trust, moment_before(judged, now)))
    return tuple(judged)


def moment_before(stamps: Iterable[Stamp], now: datetime) -> datetime:
    """The time at which what the renewals cover is to be judged: the oldest that is proven."""
    return min((stamp.at for stamp in stamps if stamp.proves), default=now)


def _renewal(document: Document, stamp: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> Stamp:
    if envelope(document.pdf, stamp).reason or not covers_its_revision(stamp):
        return Stamp(moment, "broken")
    return _stamp(stamp.signed_data, stamp.compute_digest, trust, moment)


def _stamp(data: cms.SignedData, imprint: Callable[[str], bytes], trust: Trust, moment: datetime) -> Stamp:
    try:
        info = data["encap_content_info"]["content"].parsed
        at = info["gen_time"].native
        examined = signed.examine(data)
        method = info["message_imprint"]["hash_algorithm"]["algorithm"].native
        fits = imprint(method) == info["message_imprint"]["hashed_message"].native
    except Exception:  # the token comes from anywhere
        return Stamp(moment, "broken")
    if not (fits and examined.intact and examined.valid) or examined.weak:
        return Stamp(at, "broken", examined)
    if at > moment + DRIFT:
        return Stamp(at, "future", examined)
    standing = trust.standing(examined.certificate, moment, Use.STAMPING)
    if standing.reason == "expired":
        return _judged_when_made(examined, at, trust)
    return Stamp(at, standing.reason or _revocation_doubt(standing, trust, at, moment), examined, standing.path)


def _judged_when_made(examined: Signed, at: datetime, trust: Trust) -> Stamp:
    """An authority whose certificate has ended since proves only with a renewal made in its lifetime."""
    standing = trust.standing(examined.certificate, at, Use.STAMPING)
    return Stamp(at, standing.reason or "expired", examined, standing.path)


def _revocation_doubt(standing: Standing, trust: Trust, at: datetime, moment: datetime) -> str:
    revoked = trust.revoked(standing.path)
    return "revoked" if revoked and revoked.at <= (at if revoked.harmless else moment) else ""
