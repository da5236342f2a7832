"""Open: the only way in. Read and decide first, then one short transaction that takes and tells.

Refusals return, they never raise inside the transaction: a rollback would erase the line that
counts a wrong PIN. The share is taken by one conditional UPDATE, never by ``save()``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from attesta.activity.verbs import Verb
from attesta.shares import budgets, doorstep, history, letters, rules, tokens, turns
from attesta.shares.actions import proofs
from attesta.shares.doorstep import Documents, Knock
from attesta.shares.models import Share, Visit
from attesta.shares.rules import Refusal


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks, as far as a server can see. ``device`` is the browser's own random cookie."""

    network: str
    device: str
    agent: str = ""
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Cover:
    """What may be said before anything is opened: who shares, from where, what is asked. No document names."""

    share: Share
    owner_name: str
    issuers: list[tuple[str, str]]
    key: rules.Key
    mailbox: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A visit began, or the same browser's visit goes on (``again``). ``secret`` is its cookie."""

    visit_id: uuid.UUID
    secret: str
    again: bool = False


Outcome = Opened | Refusal


def cover(*, token: str, visitor: Visitor) -> Cover | Refusal:
    """Look at the closed door. Counts nothing; a machine's look is written down apart, a few an hour."""
    share = _find(token)
    if share is None:
        return Refusal.UNKNOWN
    now = timezone.now()
    if rules.is_automatic(visitor.method, visitor.agent):
        _tell_automatic(share, visitor, now)
    refused = rules.refusal(share.facts, now)
    if refused and not (refused is Refusal.LIMIT and _live_visit(share, visitor, now)):
        return refused
    return Cover(
        share=share,
        owner_name=str(share.owner),
        issuers=doorstep.issuers(share.id),
        key=rules.key(channel_is_email=share.is_email, has_pin=share.has_pin),
        mailbox=rules.masked(share.recipient_email) if share.is_email else "",
    )


def open(*, token: str, visitor: Visitor, pin: str = "", code: str = "") -> Outcome:
    """Begin a visit, or say why not. Counts one consultation a visit (features: Consultation)."""
    visitor = _somebody(visitor)
    device_hash = tokens.device_hash(visitor.device)
    for _attempt in range(3):
        now = timezone.now()
        found = doorstep.knocked_at(tokens.sha256(token), device_hash, now)
        if found is None:
            return Refusal.UNKNOWN
        outcome = _try(found, visitor, device_hash, pin=pin, code=code, now=now)
        if outcome is not None:
            return outcome
    return Refusal.DISABLED  # edited three times under our eyes: refuse rather than guess


def _somebody(visitor: Visitor) -> Visitor:
    """Browsers without a device of their own are each a new one: they must never meet in one visit."""
    if len(visitor.device) >= tokens.DEVICE_LENGTH:
        return visitor
    return replace(visitor, device=tokens.new_device())


def _try(knock: Knock, visitor: Visitor, device_hash: str, *, pin: str, code: str, now: datetime) -> Outcome | None:
    """None when the share changed meanwhile: read again."""
    share = knock.share
    if knock.visit_id and rules.visit_refusal(share.facts, now) is None:
        return _opened(knock.visit_id, visitor, again=True)
    if refused := rules.refusal(share.facts, now):
        _tell_refused(share, refused, now)
        return refused
    proof = proofs.prepare(share, visitor.network, device_hash, pin, code)
    if isinstance(proof, Refusal):
        return proof
    with turns.in_turn(), transaction.atomic():
        if refused := proof.check(now):
            return _faster(share, visitor, device_hash, now) or refused
        opened = _enter(share, visitor, device_hash, documents=knock.documents, mailbox=proof.mailbox, now=now)
        if opened is None:
            transaction.set_rollback(True)  # the share changed: what was proved is not spent, and asked again
        return opened


def _enter(
    share: Share,
    visitor: Visitor,
    device_hash: str,
    *,
    documents: Documents,
    mailbox: str,
    now: datetime,
) -> Opened | None:
    """What is hot comes last: whoever takes the share holds its row until the commit, and others wait."""
    opened = _opened(uuid.uuid4(), visitor)
    begun = Visit(
        id=opened.visit_id,
        share_id=share.id,
        secret_hash=tokens.sha256(opened.secret),
        device_hash=device_hash,
        started_at=now,
        expires_at=now + rules.VISIT_LIFE,
        proved_email=mailbox,
    )
    history.write(Verb.OPENED, share, at=now, actor_label=mailbox, documents=documents, visit_id=begun.id)
    consultations = doorstep.enter(begun, share)
    if consultations is None:
        return None
    if not doorstep.count_day(begun, share):
        other = doorstep.live_visit(share.id, device_hash, now, besides=opened.visit_id)
        transaction.set_rollback(True)  # the first half of a double click was faster: this half never was
        return _opened(other, visitor, again=True) if other else None
    if share.notify_first and consultations == 1:
        letters.first_consultation(share, at=now)
    return opened


def _faster(share: Share, visitor: Visitor, device_hash: str, now: datetime) -> Opened | None:
    """The first half of a double press, which has spent the code meanwhile: this half was not wrong, and never was."""
    other = doorstep.live_visit(share.id, device_hash, now)
    if other is None:
        return None
    transaction.set_rollback(True)
    return _opened(other, visitor, again=True)


def _find(token: str) -> Share | None:
    return doorstep.share_by_token(tokens.sha256(token))


def _live_visit(share: Share, visitor: Visitor, now: datetime) -> uuid.UUID | None:
    return doorstep.live_visit(share.id, tokens.device_hash(visitor.device), now)


def _opened(visit_id: uuid.UUID, visitor: Visitor, *, again: bool = False) -> Opened:
    return Opened(visit_id, tokens.visit_secret(visit_id, visitor.device), again)


def _tell_refused(share: Share, refused: Refusal, now: datetime) -> None:
    with transaction.atomic():
        if budgets.spend(rules.REFUSALS_TOLD, "refused", share.id, now=now):
            history.write(Verb.REFUSED, share, at=now, facts={"because": refused.value})


def _tell_automatic(share: Share, visitor: Visitor, now: datetime) -> None:
    with transaction.atomic():
        if budgets.spend(rules.AUTOMATIC_TOLD, "automatic", share.id, now=now):
            history.write(Verb.AUTOMATIC, share, at=now, facts={"agent": visitor.agent[:120]})
