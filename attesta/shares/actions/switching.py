"""Disable, enable, renew the link (guide steps 07-08): at once, everywhere, with the history kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.actions.asking import answer_waiting
from attesta.shares.models import MailboxCode, Share, Visit


@dataclass(frozen=True, slots=True)
class Renewed:
    """``is_sent``: is the new link on its way to the recipient's mailbox?"""

    share: Share
    is_sent: bool


@transaction.atomic
def disable(*, share: Share, by: Person) -> Share:
    """No visit begins or goes on once this has returned. Twice is once."""
    return _switch(share, by, enabled=False)


@transaction.atomic
def enable(*, share: Share, by: Person) -> Share:
    """The link opens again, unless it has expired or is used up."""
    return _switch(share, by, enabled=True)


@transaction.atomic
def renew_link(*, share: Share, by: Person) -> Renewed:
    """A new token: the old link is dead, its visits end, its PIN budgets are forgotten with it.

    It goes to the recipient's mailbox while the share is open and the day's letters are not used up; otherwise the
    learner resends it later.
    """
    now, token = timezone.now(), tokens.new_token()
    Share.objects.filter(pk=share.pk).update(
        token_hash=tokens.sha256(token), token_sealed=tokens.seal_token(token, share.id), version=F("version") + 1
    )
    renewed = Share.objects.get(pk=share.pk)
    end_visits(renewed, now)
    forget_browsers(renewed)
    history.write(Verb.RENEWED, renewed, at=now, by=by)
    is_open = renewed.is_email and rules.refusal(renewed.facts, now) is None
    if not is_open or not budgets.spend_invitation(by.id, now=now):
        return Renewed(renewed, is_sent=False)
    letters.invite(renewed, at=now, because=letters.Withdrawn.RENEWED)
    return Renewed(renewed, is_sent=True)


@transaction.atomic
def show_pin(*, share: Share, by: Person) -> str | None:
    """The PIN for its owner's eyes; that it was shown stands in the history."""
    pin = tokens.pin_of(share)
    if pin is not None:
        history.write(Verb.SHOWN, share, at=timezone.now(), by=by)
    return pin


def end_visits(share: Share, now: datetime) -> None:
    Visit.objects.filter(share=share, ended_at=None, expires_at__gt=now).update(ended_at=now)


def forget_browsers(share: Share) -> None:
    """What a browser proved for an old link or PIN counts no more, and codes that wait are void."""
    Visit.objects.filter(share=share).update(device_hash="")
    MailboxCode.objects.filter(share=share).delete()


def _switch(share: Share, by: Person, *, enabled: bool) -> Share:
    now = timezone.now()
    rows = Share.objects.filter(pk=share.pk, enabled=not enabled)
    before = rows.first()
    if before is None or not rows.update(enabled=enabled, version=F("version") + 1):
        return Share.objects.get(pk=share.pk)
    if not enabled:
        end_visits(share, now)
    history.write(Verb.ENABLED if enabled else Verb.DISABLED, share, at=now, by=by)
    after = Share.objects.get(pk=share.pk)
    answer_waiting(before=before, after=after, at=now)
    return after
