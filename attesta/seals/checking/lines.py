"""From what was found to one verdict a question."""

from __future__ import annotations

from datetime import UTC, datetime

from asn1crypto import x509

from attesta.seals.checking.reading import plain
from attesta.seals.checking.times import Stamp
from attesta.seals.checking.weighing import Weighed
from attesta.seals.report import Check, Verdict

Facts = dict[str, str]


def sealed(found: Weighed) -> Check:
    facts = {"seals": str(len(found.document.seals)), "name": found.name}
    return _check("sealed", Verdict.YES, "", facts)


def whole_file(found: Weighed) -> Check:
    """One revision under the seal, or what came after it."""
    facts = {"revisions": str(found.seal.reader.xrefs.total_revisions), "later": str(found.edits.count)}
    if reason := _damage(found):
        return _check("whole-file", Verdict.NO, reason, facts)
    if not found.edits.compared:
        return _check("whole-file", Verdict.UNKNOWN, "too-large", facts)
    if not found.edits.renewal:
        reason, verdict = ("permitted", Verdict.ATTENTION) if found.edits.permitted else ("edited", Verdict.NO)
        return _check("whole-file", verdict, reason, facts | dict(found.edits.facts))
    if reason := _doubt(found):
        return _check("whole-file", Verdict.ATTENTION, reason, facts)
    return _check("whole-file", Verdict.YES, _addition(found), facts)


def _addition(found: Weighed) -> str:
    """What came after the seal without changing anything."""
    if not found.edits.count:
        return ""
    return "renewed" if found.last_is_stamp else "evidence"


def _damage(found: Weighed) -> str:
    """Why bytes outside the signature are not what they must be."""
    if found.envelope.reason:
        return found.envelope.reason
    if found.strays == "damaged" or any(stamp.reason == "broken" for stamp in _stamps(found)):
        return "envelope"
    if found.is_followed:
        return "behind"
    return "" if found.is_covered else "uncovered"


def _doubt(found: Weighed) -> str:
    """What cannot be accounted for, without being plainly wrong."""
    if not found.document.regular:
        return "irregular"
    if found.edits.count and not _is_vouched_for(found):
        return "loose-evidence"
    odd = [part for part in (found.signed, *(stamp.signed for stamp in _stamps(found))) if part and part.odd]
    return "odd" if odd or found.strays or found.document.broken or found.document.outdated else ""


def _is_vouched_for(found: Weighed) -> bool:
    """By a time-stamp on all of it. Under an open seal evidence may stand alone, as it does in most programs."""
    if found.renewals and not found.renewals[0].proves:
        return False
    return found.last_is_stamp or found.lock != 1


def _stamps(found: Weighed) -> tuple[Stamp, ...]:
    return (*((found.stamp,) if found.stamp else ()), *found.renewals)


def unaltered(found: Weighed) -> Check:
    if found.signed is None:
        return _check("unaltered", Verdict.NO, "broken")
    facts = {"digest": found.signed.algorithm.rpartition(", ")[2]}
    return _check("unaltered", Verdict.YES if found.signed.intact else Verdict.NO, "", facts)


def signature(found: Weighed) -> Check:
    if found.signed is None:
        return _check("signature", Verdict.NO, "broken")
    facts = {"algorithm": found.signed.algorithm} | _certificate(found.certificate)
    if not found.signed.valid:
        return _check("signature", Verdict.NO, "", facts)
    return _check("signature", *((Verdict.ATTENTION, "weak") if found.signed.weak else (Verdict.YES, "")), facts)


def certified(found: Weighed) -> Check:
    """Did the seal lock the document, and was the lock respected?"""
    level = found.lock
    if level is None:
        return _check("certified", Verdict.ATTENTION, "unlocked")
    fits = found.signed is not None and found.signed.intact
    if not fits or found.envelope.reason in {"byte-range", "misplaced", "gap"}:
        return _check("certified", Verdict.UNKNOWN, "uncovered")
    kept = found.edits.renewal or found.edits.permitted
    return _check("certified", Verdict.YES if kept else Verdict.NO, "", {"level": str(level)})


def chain(found: Weighed) -> Check:
    facts = {"name": found.name} | _certificate(found.certificate)
    if found.signed is None or not found.signed.valid:
        return _check("chain", Verdict.UNKNOWN, "", facts)
    if not found.standing.reason:
        root = plain(found.standing.path[0].subject.human_friendly)
        return _check("chain", Verdict.YES, "", facts | {"root": root, "organization": found.organization})
    verdicts = {"unknown": Verdict.UNKNOWN, "expired": Verdict.ATTENTION}
    return _check("chain", verdicts.get(found.standing.reason, Verdict.NO), found.standing.reason, facts)


def revocation(found: Weighed) -> Check:
    """Was the certificate revoked when it sealed?"""
    code = "certificate-revocation"
    if not found.standing.path:
        return _check(code, Verdict.UNKNOWN, "no-chain")
    facts = {"judged": iso(found.judged_at)}
    if found.revoked:
        facts |= {"revoked": iso(found.revoked.at), "why": found.revoked.reason}
        if found.revoked.at <= found.judged_at:
            return _check(code, Verdict.NO, "", facts)
        return _check(code, Verdict.YES if found.revoked.harmless else Verdict.ATTENTION, "later", facts)
    return _check(code, Verdict.YES if found.is_clear else Verdict.UNKNOWN, "", facts)


def time(found: Weighed) -> Check:
    claimed = {"claimed": iso(found.claimed_at)} if found.claimed_at else {}
    if not found.stamp:
        return _check("time", Verdict.ATTENTION if claimed else Verdict.UNKNOWN, "claimed" if claimed else "", claimed)
    facts = claimed | _stamp(found.stamp)
    if found.stamp.proves:
        return _check("time", Verdict.YES, "", facts)
    verdict = Verdict.NO if found.stamp.reason in {"broken", "future", "revoked", "look-alike"} else Verdict.ATTENTION
    return _check("time", verdict, found.stamp.reason, facts)


def evidence(found: Weighed) -> Check:
    if not found.standing.path:
        return _check("evidence", Verdict.UNKNOWN)
    if found.has_evidence and found.stamp:
        return _check("evidence", Verdict.YES)
    return _check("evidence", Verdict.ATTENTION, "no-stamp" if found.has_evidence else "no-revocation")


def renewed(found: Weighed) -> Check:
    """Is the proof of time kept alive?"""
    if found.renewals:
        newest = found.renewals[0]
        facts = _stamp(newest) | {"renewals": str(len(found.renewals))}
        if newest.proves:
            return _check("renewed", Verdict.YES, "", facts | _until(newest))
        return _check("renewed", Verdict.NO if newest.reason == "broken" else Verdict.ATTENTION, newest.reason, facts)
    if not found.stamp or found.stamp.reason not in {"", "expired"}:
        return _check("renewed", Verdict.UNKNOWN)
    if found.stamp.reason == "expired":
        return _check("renewed", Verdict.ATTENTION, "overdue", _until(found.stamp))
    return _check("renewed", Verdict.YES, "not-needed", _until(found.stamp))


def _stamp(stamp: Stamp) -> Facts:
    if not stamp.signed:
        return {}
    authority = stamp.signed.certificate.subject.native
    name = authority.get("common_name") or authority.get("organization_name") or ""
    return {"at": iso(stamp.at), "authority": plain(name)}


def _until(stamp: Stamp) -> Facts:
    return {"until": iso(stamp.signed.certificate.not_valid_after)} if stamp.signed else {}


def _certificate(certificate: x509.Certificate) -> Facts:
    return {
        "subject": plain(certificate.subject.human_friendly),
        "issuer": plain(certificate.issuer.human_friendly),
        "serial": f"{certificate.serial_number:x}",
        "from": iso(certificate.not_valid_before),
        "until": iso(certificate.not_valid_after),
    }


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _check(code: str, verdict: Verdict, reason: str = "", facts: Facts | None = None) -> Check:
    told = {key: value for key, value in (facts or {}).items() if value}
    return Check(code, verdict, {"reason": reason} | told if reason else told)
