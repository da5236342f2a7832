"""Create: a row, its ledger line and its letters in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.credentials.models import Credential
from attesta.organizations.folding import fold
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.models import Channel, Item, Share

SEARCHED = ("name", "purpose", "reference")


class Invalid(ValueError):
    """What was asked cannot be a share. ``field`` and ``code`` let a form say it in words."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class Offer:
    """What the learner chose. ``recipients`` are mailboxes; each becomes a share of its own."""

    name: str
    channel: Channel
    language: str
    recipients: Sequence[str] = ()
    recipient_name: str = ""
    purpose: str = ""
    reference: str = ""
    message: str = ""
    pin: str = ""
    may_download: bool = True
    expires_at: datetime | None = None
    max_consultations: int | None = None
    notify_first: bool = False


def create(
    *, by: Person, credentials: Sequence[Credential], offer: Offer, request_key: uuid.UUID | None = None
) -> list[Share]:
    """One share for a link, one a mailbox for e-mail. The same ``request_key`` again returns the first result.

    Raises Invalid before anything is written.
    """
    now = timezone.now()
    _check(by, credentials, offer, now)
    recipients = list(dict.fromkeys(email.strip().lower() for email in offer.recipients)) or [""]
    with transaction.atomic():
        if request_key and (made := _made_before(by, request_key)):
            return made
        _spend_invitations(by, len([email for email in recipients if email]), now)
        return [
            _create_one(by, credentials, offer, email=email, request_key=request_key, now=now) for email in recipients
        ]


def _check(by: Person, credentials: Sequence[Credential], offer: Offer, now: datetime) -> None:
    checks = [
        ("documents", "none", not credentials),
        ("documents", "too-many", len(credentials) > rules.MAX_DOCUMENTS),
        ("documents", "not-yours", any(credential.learner_id != by.id for credential in credentials)),
        ("documents", "revoked", any(credential.revoked_at for credential in credentials)),
        ("name", "required", not tidy(offer.name)),
        ("recipients", "required", offer.channel == Channel.EMAIL and not offer.recipients),
        ("recipients", "too-many", len(offer.recipients) > rules.MAX_RECIPIENTS),
        ("recipients", "not-for-a-link", offer.channel == Channel.LINK and bool(offer.recipients)),
        ("pin", "digits", bool(offer.pin) and not rules.valid_pin(offer.pin)),
        ("expires_at", "past", offer.expires_at is not None and offer.expires_at <= now),
        ("max_consultations", "at-least-one", offer.max_consultations is not None and offer.max_consultations < 1),
    ]
    for field, code, wrong in checks:
        if wrong:
            raise Invalid(field, code)


def _spend_invitations(by: Person, count: int, now: datetime) -> None:
    """Our address writes to strangers in a learner's name: not without bound. Nothing was written so far."""
    for _each in range(count):
        if not budgets.spend_invitation(by.id, now=now):
            raise Invalid("recipients", "too-many-today")


def _made_before(by: Person, request_key: uuid.UUID) -> list[Share]:
    Person.objects.select_for_update().get(pk=by.pk)  # two clicks at once: the second waits, then sees the first
    return list(Share.objects.owned_by(by).filter(request_key=request_key).order_by("recipient_email"))


def _create_one(
    by: Person,
    credentials: Sequence[Credential],
    offer: Offer,
    *,
    email: str,
    request_key: uuid.UUID | None,
    now: datetime,
) -> Share:
    share_id, token, values = uuid.uuid4(), tokens.new_token(), _columns(offer)
    share = Share.objects.create(
        **values,
        id=share_id,
        owner=by,
        request_key=request_key,
        recipient_email=email,
        search=fold(
            " ".join([values["name"], values["purpose"], values["reference"], email, values["recipient_name"]])
        ),
        token_hash=tokens.sha256(token),
        token_sealed=tokens.seal_token(token, share_id),
        pin_sealed=tokens.seal_pin(offer.pin, share_id) if offer.pin else None,
        last_sent_at=now if email else None,
        created_at=now,
    )
    Item.objects.bulk_create(
        Item(share=share, credential=credential, position=position, sent_version=credential.latest)
        for position, credential in enumerate(credentials)
    )
    history.write(Verb.CREATED, share, at=now, by=by, facts={"channel": share.channel})
    if share.is_email:
        letters.invite(share, at=now)
    return share


def _columns(offer: Offer) -> dict[str, Any]:
    return {
        "name": tidy(offer.name),
        "purpose": tidy(offer.purpose),
        "reference": tidy(offer.reference),
        "message": offer.message.strip(),
        "channel": offer.channel,
        "recipient_name": tidy(offer.recipient_name),
        "language": offer.language,
        "may_download": offer.may_download,
        "notify_first": offer.notify_first,
        "expires_at": offer.expires_at,
        "max_consultations": offer.max_consultations,
        "granted_at_once": offer.max_consultations,
    }
