"""What may be issued, updated and revoked, and how a credential stands: pure decisions on plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from attesta.accounts.words import tidy

TITLE_LENGTH = 200
NAME_LENGTH = 150
NUMBER_LENGTH = 80
EMAIL_LENGTH = 254
REASON_LENGTH = 2000
INVITATIONS_AN_HOUR = 5  # of one document
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)  # beyond them a day is a slip: 0024-03-22
DAYS_AHEAD = 1  # an issuer east of us may already be in tomorrow

ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


class Status(StrEnum):
    AVAILABLE = "available"
    UPDATED = "updated"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Refusal(StrEnum):
    """Why nothing was changed. Sentences for each stand in ``credentials/refusals.py``."""

    NOT_AN_ISSUER = "not-an-issuer"
    TITLE_MISSING = "title-missing"
    TITLE_TOO_LONG = "title-too-long"
    EMAIL_INVALID = "email-invalid"
    NAME_TOO_LONG = "name-too-long"
    NUMBER_TOO_LONG = "number-too-long"
    NUMBER_TAKEN = "number-taken"
    NUMBER_REVOKED = "number-revoked"
    DAY_UNLIKELY = "day-unlikely"
    ISSUED_IN_FUTURE = "issued-in-future"
    EXPIRES_BEFORE_ISSUED = "expires-before-issued"
    REASON_MISSING = "reason-missing"
    REASON_TOO_LONG = "reason-too-long"
    REVOKED = "revoked"
    CLAIMED = "claimed"
    TOO_OFTEN = "too-often"
    SAME_ADDRESS = "same-address"
    CHANGED_MEANWHILE = "changed-meanwhile"
    NOT_ITS_TEMPLATE = "not-its-template"
    CANNOT_SEAL = "cannot-seal"
    SAME_FILE = "same-file"

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NOT_A_PDF = "not-a-pdf"
    POLYGLOT = "polyglot"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    ALREADY_SIGNED = "already-signed"
    PORTFOLIO = "portfolio"
    DYNAMIC_FORM = "dynamic-form"
    DAMAGED = "damaged"
    TOO_MANY_PAGES = "too-many-pages"
    PAGE_TOO_LARGE = "page-too-large"
    UNREADABLE = "unreadable"


class Refused(ValueError):
    """Raised before anything changes. ``str()`` is the sentence in the language of the moment."""

    def __init__(self, code: StrEnum, sentence: object) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class CredentialState:
    latest: int
    revoked: bool
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What an issuer says of a document, apart from its file."""

    learner_email: str
    title_fr: str
    title_en: str
    issued_on: date
    learner_name: str = ""
    number: str = ""
    expires_on: date | None = None


def status(state: CredentialState, today: date) -> Status:
    """Revoked outweighs expired outweighs updated. The day of expiry is the first that is no longer current."""
    if state.revoked:
        return Status.REVOKED
    if state.expires_on and today >= state.expires_on:
        return Status.EXPIRED
    return Status.UPDATED if state.latest > 1 else Status.AVAILABLE


def tidied(draft: Draft) -> Draft:
    return replace(
        draft,
        learner_email=draft.learner_email.strip().lower(),
        title_fr=tidy(draft.title_fr),
        title_en=tidy(draft.title_en),
        learner_name=tidy(draft.learner_name),
        number=tidy(draft.number),
    )


def issue_refusal(draft: Draft, today: date) -> Refusal | None:
    """For a tidied draft."""
    return _text_refusal(draft) or _date_refusal(draft, today)


def reason_refusal(reason: str) -> Refusal | None:
    if not reason:
        return Refusal.REASON_MISSING
    return Refusal.REASON_TOO_LONG if len(reason) > REASON_LENGTH else None


def words_refusal(said: Mapping[str, str]) -> Refusal | None:
    """For tidied words that a correction puts in place of others: a learner's name, titles."""
    if len(said.get("learner_name", "")) > NAME_LENGTH:
        return Refusal.NAME_TOO_LONG
    titles = (said.get("title_fr", ""), said.get("title_en", ""))
    return Refusal.TITLE_TOO_LONG if max(map(len, titles)) > TITLE_LENGTH else None


def is_address(email: str) -> bool:
    """Of a mailbox, in lower case."""
    return len(email) <= EMAIL_LENGTH and ADDRESS.fullmatch(email) is not None


def _text_refusal(draft: Draft) -> Refusal | None:
    if not draft.title_fr or not draft.title_en:
        return Refusal.TITLE_MISSING
    if max(len(draft.title_fr), len(draft.title_en)) > TITLE_LENGTH:
        return Refusal.TITLE_TOO_LONG
    if not is_address(draft.learner_email):
        return Refusal.EMAIL_INVALID
    if len(draft.learner_name) > NAME_LENGTH:
        return Refusal.NAME_TOO_LONG
    return Refusal.NUMBER_TOO_LONG if len(draft.number) > NUMBER_LENGTH else None


def _date_refusal(draft: Draft, today: date) -> Refusal | None:
    if refusal := day_refusal(draft.issued_on, today):
        return refusal
    if draft.expires_on and draft.expires_on <= draft.issued_on:
        return Refusal.EXPIRES_BEFORE_ISSUED
    return None if draft.expires_on is None or is_likely(draft.expires_on) else Refusal.DAY_UNLIKELY


def day_refusal(issued_on: date, today: date) -> Refusal | None:
    if not is_likely(issued_on):
        return Refusal.DAY_UNLIKELY
    return Refusal.ISSUED_IN_FUTURE if issued_in_future(issued_on, today) else None


def is_likely(day: date) -> bool:
    """Of a document, a person or a term."""
    return EARLIEST <= day <= LATEST


def issued_in_future(issued_on: date, today: date) -> bool:
    return issued_on > today + timedelta(days=DAYS_AHEAD)
