"""What institutions' acts say to the learner, and to which mailbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from attesta.accounts.links import sign_up
from attesta.credentials import links
from attesta.credentials.models import Credential, Version
from attesta.mail import composers, outbox
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.mail.rendering import Twin, compose

ISSUED = "credentials.issued"
UPDATED = "credentials.updated"
REVOKED = "credentials.revoked"
MOVED = "credentials.moved"


def issued(credential: Credential, *, at: datetime) -> None:
    """To the mailbox it was issued to."""
    _post(ISSUED, credential, at=at)


def updated(credential: Credential, version: Version, *, at: datetime) -> None:
    """The letter of an earlier update that has not left would only confuse."""
    outbox.withdraw(subject_id=credential.pk, kinds=[UPDATED], at=at)
    _post(UPDATED, credential, at=at, version=version.number)


def revoked(credential: Credential, *, at: datetime) -> None:
    outbox.withdraw(subject_id=credential.pk, kinds=[ISSUED, UPDATED], at=at)
    _post(REVOKED, credential, at=at)


def moved_away(credential: Credential, *, to: str, at: datetime) -> None:
    """To the mailbox it does not go to any more; letters about it that have not left stay away from there."""
    outbox.withdraw(subject_id=credential.pk, kinds=[ISSUED, UPDATED], at=at)
    outbox.post(kind=MOVED, to=to, language=settings.LANGUAGE_CODE, subject_id=credential.pk, facts={}, at=at)


def register() -> None:
    """Name the composers to the mail room."""
    composers.register(ISSUED, LearnerLetter(_issued))
    composers.register(UPDATED, LearnerLetter(_updated))
    composers.register(REVOKED, LearnerLetter(_revoked))
    composers.register(MOVED, MovedLetter(_moved))


class LearnerLetter:
    """Words of one kind. Whoever has no account yet reads them in both languages."""

    def __init__(self, words: Callable[[Credential, Letter], dict[str, Any] | None]) -> None:
        self.words = words

    def compose(self, letter: Letter) -> Composition | None:
        credential = Credential.objects.addressed(letter.subject_id) if letter.subject_id else None
        words = self.words(credential, letter) if credential and _is_for(credential, letter.to) else None
        if not credential or not words:
            return None
        if credential.learner is None:
            words = self._in_both(credential, letter, words)
        return compose(language=letter.language, **words)

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Nothing hangs on its arrival: the document is there all the same."""

    def _in_both(self, credential: Credential, letter: Letter, words: dict[str, Any]) -> dict[str, Any]:
        """The other language's words under the first ones, and both subjects."""
        other = next(code for code, _name in settings.LANGUAGES if code != letter.language)
        with translation.override(other):
            more = self.words(credential, letter) or words
        return {
            **words,
            "subject": f"{words['subject']} / {more['subject']}",
            "twin": Twin.of(other, more),
        }


class MovedLetter(LearnerLetter):
    """Its reader may be anyone: both languages, and not a word of what the document is or where it goes now."""

    def compose(self, letter: Letter) -> Composition | None:
        credential = Credential.objects.addressed(letter.subject_id) if letter.subject_id else None
        words = self.words(credential, letter) if credential else None
        if not credential or not words:
            return None
        return compose(language=letter.language, **self._in_both(credential, letter, words))


def _is_for(credential: Credential, mailbox: str) -> bool:
    """Still: a letter that was under way, or dead and is sent again, may leave after the address was corrected."""
    if mailbox == credential.learner_email:
        return True
    return EmailAddress.objects.filter(user_id=credential.learner_id, email=mailbox, verified=True).exists()


def _post(kind: str, credential: Credential, *, at: datetime, **facts: Any) -> None:
    learner = credential.learner
    to = credential.learner_email if kind == ISSUED or not learner else learner.email
    language = learner.language if learner else settings.LANGUAGE_CODE
    outbox.post(kind=kind, to=to, language=language, subject_id=credential.pk, facts=facts, at=at)


def _names(credential: Credential) -> dict[str, str]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    issuer = credential.issuer
    return {
        "issuer": issuer.name(language),
        "unit": issuer.unit(language) or issuer.name(language),
        "contact": issuer.contact_email,
        "title": credential.title(language),
        "email": credential.learner_email,
    }


def _frame(credential: Credential) -> dict[str, Any]:
    """What every letter has: one button, and whom to ask."""
    known = credential.learner is not None
    button = (_("See the document"), links.document(credential.pk)) if known else (_("Create your account"), sign_up())
    ask = _("Questions about this document? Ask the institution: %(unit)s, %(contact)s.") % _names(credential)
    return {"button": button, "notes": [ask]}


def _way_in(credential: Credential) -> list[str]:
    """For someone without an account."""
    if credential.learner is not None:
        return []
    return [
        _(
            "To receive it, sign up with this very address, %(email)s. Your document will be waiting there; "
            "you can keep it, download it and share it."
        )
        % _names(credential)
    ]


def _issued(credential: Credential, letter: Letter) -> dict[str, Any] | None:
    if credential.revoked_at:
        return None
    names = _names(credential)
    known = [_("It is in your documents, where you can view, download and share it.")] if credential.learner else []
    return {
        "subject": _("%(issuer)s issued you a document: %(title)s") % names,
        "heading": _("A document was issued to you"),
        "paragraphs": [_("%(issuer)s issued you the document “%(title)s”.") % names, *known, *_way_in(credential)],
        **_frame(credential),
    }


def _updated(credential: Credential, letter: Letter) -> dict[str, Any] | None:
    if credential.revoked_at or letter.facts.get("version") != credential.latest:
        return None
    names = _names(credential)
    shares = [
        _("Your active shares show the new version from now on: you have nothing to share again."),
        _("Your recipients were not told. To tell them, open the share and choose “Resend email”."),
    ]
    return {
        "subject": _("%(issuer)s updated your document: %(title)s") % names,
        "heading": _("Your document was updated"),
        "paragraphs": [
            _("%(issuer)s issued a new version of the document “%(title)s”, for the reason given below.") % names,
            *(shares if credential.learner else []),
            *_way_in(credential),
        ],
        "quote": _version_reason(credential),
        **_frame(credential),
    }


def _revoked(credential: Credential, letter: Letter) -> dict[str, Any] | None:
    names = _names(credential)
    return {
        "subject": _("%(issuer)s revoked your document: %(title)s") % names,
        "heading": _("Your document was revoked"),
        "paragraphs": [
            _("%(issuer)s revoked the document “%(title)s”.") % names,
            _("Its content can no longer be viewed or downloaded. Shares that held it now say that it was revoked."),
        ],
        "quote": credential.shown_reason or None,
        **_frame(credential),
    }


def _moved(credential: Credential, letter: Letter) -> dict[str, Any]:
    names = _names(credential)
    return {
        "subject": _("%(issuer)s corrected an email address") % names,
        "heading": _("A document no longer comes to this address"),
        "paragraphs": [
            _("%(issuer)s had issued a document to this email address. The institution corrected the address.") % names,
            _("The document is no longer available to whoever uses this address. You have nothing to do."),
        ],
        "notes": [_("If you think that this is a mistake, ask the institution: %(unit)s, %(contact)s.") % names],
    }


def _version_reason(credential: Credential) -> str | None:
    return credential.versions.filter(number=credential.latest).values_list("reason", flat=True).first()
