"""What became of the letters with the link, and with the PIN: as the outbox says, and the ledger of those forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.mail import reasons
from attesta.mail.models import Letter, State
from attesta.shares import letters
from attesta.shares.letters import Withdrawn
from attesta.shares.models import Share
from attesta.shares.rules import Refusal
from attesta.web import dates

SHOWN = 12
SETTLING = timedelta(days=2)  # the last try is made within one


@dataclass(frozen=True, slots=True)
class Delivery:
    """``because``: why it has not left, in words. ``is_newest``: of its kind."""

    title: str
    kind: str
    state: str
    to: str
    at: datetime
    because: str
    is_newest: bool = False


def of(share: Share) -> list[Delivery]:
    """The newest first, each once: the outbox forgets letters after a time, the ledger keeps what became of them."""
    titles = {letters.INVITATION: _("The email with the link"), letters.PIN: _("The email with the PIN")}
    kept = list(_kept(share, titles))
    known = {(each.kind, each.at) for each in kept}
    told = [each for each in _told(share, titles) if (each.kind, each.at) not in known]
    newest: dict[str, Delivery] = {}
    link_first = sorted([*kept, *told], key=lambda each: each.kind)
    found = sorted(link_first, key=lambda each: each.at, reverse=True)[:SHOWN]
    return [replace(each, is_newest=newest.setdefault(each.kind, each) is each) for each in found]


def _kept(share: Share, titles: dict[str, str]) -> Iterator[Delivery]:
    for letter in Letter.objects.about(share.pk, titles)[:SHOWN]:
        at = letter.settled_at or letter.created_at
        yield Delivery(titles[letter.kind], letter.kind, letter.state, letter.to, at, _because(letter))


def _because(letter: Letter) -> str:
    match letter.state:
        case State.SENT:
            return ""
        case State.WITHDRAWN:
            return withdrawn(letter.last_error, letter.settled_at)
        case _:
            return reasons.because(letter.last_error)


def withdrawn(because: str, at: datetime | None) -> str:
    """Why it was not sent, as ``shares.letters`` noted it."""
    when = {"date": dates.moment(at)}
    words: dict[str, str] = {
        Withdrawn.REPLACED: _("It was not sent: on %(date)s, a newer one took its place.") % when,
        Withdrawn.RENEWED: _("It was not sent: on %(date)s, you renewed the link.") % when,
        Withdrawn.PIN_CHANGED: _("It was not sent: on %(date)s, you changed the PIN.") % when,
        Withdrawn.PIN_REMOVED: _("It was not sent: on %(date)s, the share no longer had a PIN.") % when,
        Refusal.DISABLED: _("It was not sent: on %(date)s, the share was disabled.") % when,
        Refusal.EXPIRED: _("It was not sent: on %(date)s, the link had expired.") % when,
        Refusal.LIMIT: _("It was not sent: on %(date)s, the limit on views was reached.") % when,
    }
    return words.get(because) or _("It was not sent: on %(date)s, it was withdrawn.") % when


def _told(share: Share, titles: dict[str, str]) -> Iterator[Delivery]:
    """Of the newest sending, when it was so long ago that its letters may be forgotten."""
    kept_for = timedelta(days=settings.KEEP_LETTERS_DAYS)
    if share.last_sent_at is None or share.last_sent_at > timezone.now() - kept_for:
        return
    until = share.last_sent_at + kept_for + SETTLING
    lines = Line.objects.filter(share_id=share.pk, verb__in=[Verb.SENT, Verb.FAILED], at__gte=share.last_sent_at)
    for line in lines.filter(at__lt=until).order_by("-at", "-id")[:SHOWN]:
        kind = f"shares.{line.facts.get('letter', '')}"
        if kind in titles:
            state = State.SENT if line.verb == Verb.SENT else State.DEAD
            because = reasons.because(line.facts.get("because", ""))
            yield Delivery(titles[kind], kind, state, line.recipient_label, line.at, because)
