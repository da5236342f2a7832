"""An answer in the reader's language: one sentence, what to do, the checks, what we know and cannot know."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from attesta.seals import words as seal_words
from attesta.seals.report import Report, Verdict
from attesta.verifier import rules
from attesta.verifier.rules import Conclusion, Severity
from attesta.verifier.verification import Answer
from attesta.web import checks
from attesta.web.checks import ShownCheck
from attesta.web.dates import day
from attesta.web.languages import language

TONES = {
    Severity.GOOD: ("good", "check"),
    Severity.ATTENTION: ("attention", "warning"),
    Severity.BAD: ("bad", "close"),
    Severity.UNKNOWN: ("unknown", "info"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """``advice`` says what to do next; ``known`` and ``unknowable`` are sentences."""

    tone: str
    icon: str
    sentence: str
    advice: str
    checks: list[ShownCheck]
    known: list[str]
    unknowable: list[str]


def words(answer: Answer) -> Words:
    tone, icon = TONES[Severity.ATTENTION if answer.may_be_older else rules.severity(answer.conclusion)]
    return Words(
        tone=tone,
        icon=icon,
        sentence=sentence(answer),
        advice=advice(answer),
        checks=shown_checks(answer),
        known=known(answer),
        unknowable=unknowable(answer),
    )


def sentence(answer: Answer) -> str:
    if answer.standing:
        return (_of_paper if answer.is_printed else _of_issued)(answer) % _names(answer)
    return _of_stranger(answer) % _names(answer)


def _names(answer: Answer) -> dict[str, object]:
    credential = answer.standing.credential if answer.standing else None
    return {
        "institution": answer.institution.name(language()) if answer.institution else "",
        "signer": answer.report.signer_name if answer.report else "",
        "number": answer.standing.version.number if answer.standing else "",
        "latest": answer.latest or "",
        "issued": day(answer.standing.version.issued_on) if answer.standing else "",
        "updated": day(credential.updated_at) if credential else "",
        "revoked": day(credential.revoked_at) if credential else "",
        "expired": day(credential.expires_on) if credential else "",
        "reason": credential.shown_reason if credential else "",
    }


def _of_issued(answer: Answer) -> str:
    """For a file that is what was issued."""
    if answer.is_past:
        return _(
            "Genuine, but an older version, and the document has expired: this is number %(number)s of %(latest)s, and"
            " none has been current since %(expired)s."
        )
    return {
        Conclusion.CURRENT: _("Genuine and current: %(institution)s issued this very file."),
        Conclusion.OLDER: _(
            "Genuine, but an older version: this is number %(number)s, and number %(latest)s has been current since"
            " %(updated)s."
        ),
        Conclusion.EXPIRED: _(
            "Genuine, but expired: %(institution)s issued it, and it has not been current since %(expired)s."
        ),
        Conclusion.REVOKED: _("Genuine, but revoked: %(institution)s withdrew this document on %(revoked)s."),
    }[answer.conclusion]


def _of_paper(answer: Answer) -> str:
    """For a code: it tells of what was issued, never of the paper that it stands on."""
    if answer.may_be_older:
        return _(
            "The code is genuine, but tells nothing of your copy: older versions carry it too. The current one, number"
            " %(number)s, was issued on %(issued)s."
        )
    if answer.is_past:
        return _(
            "The code is genuine, but your copy is an older version, and the document has expired: it is number"
            " %(number)s of %(latest)s, and none has been current since %(expired)s."
        )
    return {
        Conclusion.CURRENT: _("The code is genuine: %(institution)s issued the document below, and it is current."),
        Conclusion.OLDER: _(
            "The code is genuine, but your copy is an older version: it is number %(number)s, and number %(latest)s has"
            " been current since %(updated)s."
        ),
        Conclusion.EXPIRED: _(
            "The code is genuine, but the document has expired: it has not been current since %(expired)s."
        ),
        Conclusion.REVOKED: _("The code is genuine, but %(institution)s revoked the document on %(revoked)s."),
    }[answer.conclusion]


def _of_stranger(answer: Answer) -> str:
    """For a file that is not what was issued, or that we cannot place."""
    if answer.conclusion is Conclusion.ALTERED:
        if answer.institution:
            return _("Altered: this file claims to be from %(institution)s, but is not what was issued.")
        return _("Altered: this file claims to have been issued here, but it was not.")
    return {
        Conclusion.UNREGISTERED: _(
            "Do not rely on it: the seal is that of %(institution)s, but the register does not know this file."
        ),
        Conclusion.OUTSIDE: _("We cannot tell: %(signer)s sealed this file, but did not issue it through Attesta."),
        Conclusion.FOREIGN: _("We cannot tell: this file is intact, but sealed by someone whom we do not know."),
        Conclusion.BROKEN: _(
            "Do not rely on it: somebody whom we do not know sealed this file, and the seal does not hold."
        ),
        Conclusion.UNSEALED: _("We cannot tell: this PDF carries no seal."),
        Conclusion.NOT_A_PDF: _("We cannot tell: this is not a PDF that we can read."),
        Conclusion.UNCHECKED: _("We cannot tell: examining this file takes too much time or memory."),
    }[answer.conclusion]


def advice(answer: Answer) -> str:
    if answer.may_be_older:
        return _(
            "Compare the date of issue and what stands below with your copy, word for word. If your copy has a QR code,"
            " scan it: it says which version you hold."
        )
    if answer.conclusion is Conclusion.CURRENT and answer.is_printed:
        return _(
            "Compare what stands below with your copy, word for word: a genuine code can be printed on a false paper."
        )
    if answer.is_past:
        return _("Do not rely on it. If you need to know more, ask the institution.")
    if answer.conclusion is Conclusion.REVOKED:
        if answer.standing and answer.standing.credential.shown_reason:
            return _("Do not rely on it. Reason given by the institution: %(reason)s") % _names(answer)
        return _("Do not rely on it. If you need to know more, ask the institution.")
    return {
        Conclusion.CURRENT: _("You can rely on what it says, today. If it matters later, verify it again then."),
        Conclusion.OLDER: _("Ask whoever gave it to you for the current version: this one may say something else."),
        Conclusion.EXPIRED: _("What it says was so until then. Ask whether there is a newer one."),
        Conclusion.ALTERED: _(
            "Do not rely on it. Ask for the file as it was issued. If in doubt, ask the institution."
        ),
        Conclusion.UNREGISTERED: _("Tell the institution: this should not happen, and they can find out why."),
        Conclusion.OUTSIDE: _(
            "Ask them whether it still stands: only what is issued through Attesta is followed here."
        ),
        Conclusion.BROKEN: _("Ask whoever gave it to you for the original file."),
        Conclusion.FOREIGN: _("Ask the institution that it names, at an address that you found yourself."),
    }.get(
        answer.conclusion,
        _("Ask for the original PDF: a copy, a scan or a file saved by another program has no seal of its own."),
    )


def shown_checks(answer: Answer) -> list[ShownCheck]:
    if answer.standing is None:
        return [_register(answer), *(_seal_checks(answer.report) if answer.report else [])]
    credential, version = answer.standing.credential, answer.standing.version
    if answer.report:  # renewed since it was issued: of the seal, its own check tells more
        issued = [each for each in checks.of_version(credential, version) if each.code != "sealed"]
        return [*issued, *_seal_checks(answer.report)]
    if answer.is_printed:
        return checks.of_version(credential, version)
    return checks.of_held(credential, version, answer.sha256)


def _register(answer: Answer) -> ShownCheck:
    """For bytes that the register does not know."""
    note = _("The SHA-256 of this file is %(sha256)s. No file with this value was issued through Attesta.") % {
        "sha256": answer.sha256
    }
    if answer.began_as_issued:
        line = _("The file begins with what the institution issued, and something was added behind it.")
        return ShownCheck("register", "no", line, note)
    verdict = "no" if rules.severity(answer.conclusion) is Severity.BAD else "unknown"
    return ShownCheck("register", verdict, _("No institution issued this very file through Attesta."), note)


def _seal_checks(report: Report) -> list[ShownCheck]:
    """Of a file without a seal, only what can be said."""
    tongue: seal_words.Language = "fr" if language() == "fr" else "en"
    told = [each for each in report.checks if report.is_sealed or each.verdict != Verdict.UNKNOWN]
    return [
        ShownCheck(each.code, str(each.verdict), seal_words.line(each, tongue), seal_words.note(each, tongue))
        for each in told
    ]


def known(answer: Answer) -> list[str]:
    if answer.is_printed:
        return [
            _("A document with this code was issued, to the person and by the institution named here."),
            _("How it stands at this moment: whether it is current, replaced, expired or revoked."),
        ]
    if answer.standing:
        return [
            _("Who issued it, and that these are the bytes that they issued: nobody has changed anything."),
            _("How it stands at this moment: whether it is current, replaced, expired or revoked."),
        ]
    return _known_of_stranger(answer)


def _known_of_stranger(answer: Answer) -> list[str]:
    if answer.conclusion in {Conclusion.ALTERED, Conclusion.UNREGISTERED}:
        return [_("What was issued is known by its bytes, and this file is something else.")]
    if answer.conclusion in {Conclusion.FOREIGN, Conclusion.OUTSIDE}:
        return [_("The file has not changed since it was sealed.")]
    if answer.conclusion is Conclusion.BROKEN:
        return [_("The seal does not vouch for this file as it is.")]
    return [_("This very file was not issued through Attesta.")]


def unknowable(answer: Answer) -> list[str]:
    person = _("Whether whoever gave it to you is the person it names: that takes a proof of identity.")
    if answer.is_printed:
        return [
            _("Whether your paper says what was issued. If you need to be sure, ask for the PDF and verify that."),
            person,
        ]
    if answer.standing:
        return [person, _("Whether the institution was right: ask them about what the document says.")]
    if answer.conclusion is Conclusion.UNREGISTERED:
        return [_("How that came about: others may have the key, or the register may lack what it should hold.")]
    if answer.conclusion in {Conclusion.ALTERED, Conclusion.BROKEN}:
        return [_("Who changed it, and whether on purpose: saving a file in another program is enough.")]
    if answer.conclusion in {Conclusion.FOREIGN, Conclusion.OUTSIDE}:
        return [
            _("Who really stands behind the seal, unless a root certificate that you trust says so."),
            _("Whether it was revoked or replaced since."),
        ]
    return [
        _("Where it comes from, and whether anyone changed it."),
        _("Whether there is a genuine document like it. If a code is printed on it, type the code."),
    ]
