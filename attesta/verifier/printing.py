"""An answer on a terminal, and as JSON (docs/verifying.md promises its shape)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from textwrap import fill
from typing import Any

from django.utils.translation import gettext as _

from attesta.organizations.models import Organization
from attesta.verifier import rules, wordings
from attesta.verifier.verification import Answer
from attesta.web.checks import ShownCheck
from attesta.web.dates import moment
from attesta.web.languages import language

WIDTH = 88
SIGNS = {"yes": "✓", "attention": "!", "no": "✗", "unknown": "?"}


def as_text(answer: Answer, now: datetime) -> str:
    return "\n".join(_lines(answer, now))


def _lines(answer: Answer, now: datetime) -> Iterator[str]:
    words = wordings.words(answer)
    yield fill(words.sentence, WIDTH)
    yield fill(words.advice, WIDTH)
    yield _("As of %(moment)s") % {"moment": moment(now)}
    yield ""
    for check in words.checks:
        yield _wrapped(f"  {SIGNS[check.verdict]} ", check.line)
    yield from _listed(_("What we know"), words.known)
    yield from _listed(_("What we cannot know"), words.unknowable)
    if answer.institution:
        yield from _listed(_("Ask the institution"), list(_contact(answer.institution)))


def _listed(heading: str, sentences: list[str]) -> Iterator[str]:
    yield ""
    yield heading
    for sentence in sentences:
        yield _wrapped("  - ", sentence)


def _wrapped(start: str, text: str) -> str:
    return fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def _contact(institution: Organization) -> Iterator[str]:
    tongue = language()
    parts = (institution.name(tongue), institution.unit(tongue), institution.contact_email, institution.contact_phone)
    yield from filter(None, (*parts, institution.website(tongue)))


def as_json(answer: Answer, now: datetime) -> dict[str, Any]:
    words = wordings.words(answer)
    return {
        "conclusion": answer.conclusion,
        "severity": rules.severity(answer.conclusion),
        "sentence": words.sentence,
        "advice": words.advice,
        "checked_at": now.isoformat(timespec="seconds"),
        "sha256": answer.sha256,
        "size": answer.size,
        "document": _document(answer),
        "institution": _institution(answer.institution),
        "seal": _seal(answer),
        "checks": [_check(each, answer) for each in words.checks],
    }


def _document(answer: Answer) -> dict[str, Any] | None:
    """What the register tells to whoever holds the file; None when it is not what was issued."""
    if answer.standing is None:
        return None
    credential, version = answer.standing.credential, answer.standing.version
    return {
        "title_fr": credential.title_fr,
        "title_en": credential.title_en,
        "learner_name": credential.learner_name,
        "number": credential.number,
        "code": credential.code,
        "issued_on": _told(version.issued_on),
        "expires_on": _told(credential.expires_on),
        "version": version.number,
        "current_version": credential.latest,
        "updated_at": _told(credential.updated_at),
        "revoked_at": _told(credential.revoked_at),
        "revocation_reason": credential.shown_reason,
    }


def _institution(institution: Organization | None) -> dict[str, Any] | None:
    if institution is None:
        return None
    return {
        "id": str(institution.pk),
        "name_fr": institution.name_fr,
        "name_en": institution.name_en,
        "contact_email": institution.contact_email,
        "contact_phone": institution.contact_phone,
    }


def _seal(answer: Answer) -> dict[str, Any] | None:
    """From the check of the file, or, for what was issued, from the register."""
    if answer.report:
        report = answer.report
        return {
            "signer_name": report.signer_name,
            "sealed_at": _told(report.sealed_at),
            "certificate_sha256": report.certificate_sha256,
        }
    certificate = answer.standing.version.certificate if answer.standing else None
    if answer.standing is None or certificate is None:
        return None
    return {
        "signer_name": answer.standing.issuer.name_fr,
        "sealed_at": _told(answer.standing.version.sealed_at),
        "certificate_sha256": certificate.fingerprint,
    }


def _check(shown: ShownCheck, answer: Answer) -> dict[str, Any]:
    """``facts`` are those of the seal's own checks."""
    found = {each.code: dict(each.facts) for each in answer.report.checks} if answer.report else {}
    return {
        "code": shown.code,
        "verdict": shown.verdict,
        "line": shown.line,
        "note": shown.note,
        "facts": found.get(shown.code, {}),
    }


def _told(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
