"""Resend the e-mail (guide step 09), which also tells of updated documents (step 10); or note that one has told."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules
from attesta.shares.models import Item, Share


class Resent(StrEnum):
    """What became of a resend."""

    QUEUED = "queued"
    NOT_EMAIL = "not-email"
    NOT_ACTIVE = "not-active"
    TOO_OFTEN = "too-often"
    TOO_MANY_TODAY = "too-many-today"


@transaction.atomic
def resend(*, share: Share, by: Person) -> Resent:
    """Send the letter (and its PIN's) again, only while the share is active; at most ten times an hour."""
    now = timezone.now()
    current = Share.objects.get(pk=share.pk)
    if not current.is_email:
        return Resent.NOT_EMAIL
    if rules.refusal(current.facts, now) is not None:
        return Resent.NOT_ACTIVE
    if not budgets.spend(rules.RESENDS_PER_SHARE, "resend", current.id, now=now):
        return Resent.TOO_OFTEN
    if not budgets.spend_invitation(by.id, now=now):
        budgets.give_back(rules.RESENDS_PER_SHARE, "resend", current.id, now=now)
        return Resent.TOO_MANY_TODAY
    Share.objects.filter(pk=current.pk).update(last_sent_at=now)
    _note(current)
    history.write(Verb.RESENT, current, at=now, by=by)
    letters.invite(current, at=now)
    return Resent.QUEUED


@transaction.atomic
def note_told(*, share: Share, by: Person) -> bool:
    """The learner told the recipient of an update by their own means. Whether there was anything to note."""
    if not _note(share):
        return False
    history.write(Verb.TOLD, share, at=timezone.now(), by=by)
    return True


def _note(share: Share) -> int:
    """Whoever has the share knows the current versions now; how many of them were new."""
    older = Item.objects.filter(share=share, sent_version__lt=F("credential__latest")).select_related("credential")
    return sum(
        Item.objects.filter(pk=item.pk, sent_version=item.sent_version).update(sent_version=item.credential.latest)
        for item in older
    )
