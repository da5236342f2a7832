"""What a visitor proves at the gate: a PIN within its budgets, or a code from the recipient's mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, rules, tokens
from attesta.shares.models import MailboxCode, Share, Visit
from attesta.shares.rules import Refusal, Window

Charge = tuple[Window, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Free:
    """The link alone opens."""

    mailbox: str = ""

    def check(self, now: datetime) -> Refusal | None:
        return None


@dataclass(frozen=True, slots=True)
class Pin:
    """A PIN to compare. Budgets are charged before the comparison and given back when it is right."""

    share: Share
    right: bool
    charges: list[Charge]
    mailbox: str = ""

    def check(self, now: datetime) -> Refusal | None:
        paid: list[Charge] = []
        for window, about in self.charges:
            if not budgets.spend(window, *about, now=now):
                _refund(paid, now)
                return _locked(self.share, window, now)
            paid.append((window, about))
        if self.right:
            _refund(paid, now)
            return None
        history.write(Verb.WRONG_PIN, self.share, at=now)
        return Refusal.WRONG_PIN


@dataclass(frozen=True, slots=True)
class Code:
    """A code to compare with those that this browser asked for. A wrong one costs each of them a try."""

    share: Share
    code: str
    device_hash: str

    @property
    def mailbox(self) -> str:
        return self.share.recipient_email

    def check(self, now: datetime) -> Refusal | None:
        waiting = MailboxCode.objects.filter(
            share=self.share, device_hash=self.device_hash, used_at=None, expires_at__gt=now
        )
        for row in waiting.filter(attempts__lt=rules.CODE_ATTEMPTS):
            if tokens.same(tokens.unseal_code(bytes(row.sealed), row.id), self.code):
                taken = waiting.filter(pk=row.pk, attempts__lt=rules.CODE_ATTEMPTS).update(used_at=now)
                return None if taken else Refusal.WRONG_CODE
        waiting.update(attempts=F("attempts") + 1)
        if budgets.spend(rules.REFUSALS_TOLD, "code", self.share.id, now=now):
            history.write(Verb.WRONG_CODE, self.share, at=now)
        return Refusal.WRONG_CODE


Proof = Free | Pin | Code


def prepare(share: Share, network: str, device_hash: str, pin: str, code: str) -> Proof | Refusal:
    """Decide what is asked and make it ready, before any transaction. A code serves wherever there is a mailbox."""
    asked = rules.key(channel_is_email=share.is_email, has_pin=share.has_pin)
    if code and share.is_email:
        return Code(share, "".join(code.split()), device_hash)
    if asked.needs_code:
        return Refusal.CODE_NEEDED
    if not asked.needs_pin:
        return Free()
    if not pin:
        return Refusal.PIN_NEEDED
    right = tokens.same(tokens.pin_of(share) or "", "".join(pin.split()))
    return Pin(share, right, _charges(share, network, device_hash))


def _charges(share: Share, network: str, device_hash: str) -> list[Charge]:
    """A browser that passed before spends its own budget only: strangers cannot lock it out."""
    if Visit.objects.filter(share=share, device_hash=device_hash).exists():
        return [
            (rules.PER_KNOWN_DEVICE, ("pin-device", share.token_hash, device_hash)),
            (rules.KNOWN_PER_LINK, ("pin-known", share.token_hash)),
        ]
    return [
        (rules.PER_LINK_AND_NETWORK, ("pin-here", share.token_hash, network)),
        (rules.PER_NETWORK, ("pin-network", network)),
        (rules.PER_LINK, ("pin-link", share.token_hash)),
    ]


def _refund(paid: list[Charge], now: datetime) -> None:
    for window, about in paid:
        budgets.give_back(window, *about, now=now)


def _locked(share: Share, window: Window, now: datetime) -> Refusal:
    """The gate is locked for now; said once a window in the history."""
    scopes = {rules.PER_LINK: "link", rules.PER_NETWORK: "network"}
    if budgets.spend(Window(1, window.length), "locked", share.token_hash, window.limit, now=now):
        history.write(Verb.LOCKED, share, at=now, facts={"scope": scopes.get(window, "device")})
    return Refusal.LOCKED
