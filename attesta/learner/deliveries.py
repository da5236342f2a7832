"""What became of the newest letter with the link, and with the PIN: as the outbox says, then as the ledger does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.mail import reasons
from attesta.mail.models import Letter, State
from attesta.shares import letters
from attesta.shares.models import Share

RECENT = 40  # ten resends of two letters an hour is the most there can be
SETTLING = timedelta(days=2)  # the last try is made within one


@dataclass(frozen=True, slots=True)
class Delivery:
    """``because``: why it has not left so far, in words."""

    title: str
    kind: str
    state: str
    to: str
    at: datetime
    because: str


def of(share: Share) -> list[Delivery]:
    """Letters are forgotten after a time (mail.forgetting); what the ledger says of them stays."""
    titles = {letters.INVITATION: _("The email with the link"), letters.PIN: _("The email with the PIN")}
    found = list(_kept(share, titles)) or list(_told(share, titles))
    newest: dict[str, Delivery] = {}
    for each in found:
        newest.setdefault(each.kind, each)
    return [newest[kind] for kind in titles if kind in newest]


def _kept(share: Share, titles: dict[str, str]) -> Iterator[Delivery]:
    for letter in Letter.objects.about(share.pk, titles)[:RECENT]:
        because = "" if letter.state == State.SENT else reasons.because(letter.last_error)
        at = letter.settled_at or letter.created_at
        yield Delivery(titles[letter.kind], letter.kind, letter.state, letter.to, at, because)


def _told(share: Share, titles: dict[str, str]) -> Iterator[Delivery]:
    if share.last_sent_at is None:
        return
    until = share.last_sent_at + timedelta(days=settings.KEEP_LETTERS_DAYS) + SETTLING
    lines = Line.objects.filter(share_id=share.pk, verb__in=[Verb.SENT, Verb.FAILED], at__gte=share.last_sent_at)
    for line in lines.filter(at__lt=until).order_by("-at", "-id")[:RECENT]:
        kind = f"shares.{line.facts.get('letter', '')}"
        if kind in titles:
            state = State.SENT if line.verb == Verb.SENT else State.DEAD
            because = reasons.because(line.facts.get("because", ""))
            yield Delivery(titles[kind], kind, state, line.recipient_label, line.at, because)
