"""Resend the e-mail (guide step 09), which also tells of updated documents (step 10)."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction
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


@transaction.atomic
def resend(*, share: Share, by: Person) -> Resent:
    """Send the letter (and its PIN's) again, only while the share is active; at most ten times an hour."""
    now = timezone.now()
    current = Share.objects.get(pk=share.pk)
    if not current.is_email:
        return Resent.NOT_EMAIL
    if rules.refusal(current.facts, now) is not None:
        return Resent.NOT_ACTIVE
    if not (
        budgets.spend(rules.RESENDS_PER_SHARE, "resend", current.id, now=now)
        and budgets.spend_invitation(by.id, now=now)
    ):
        return Resent.TOO_OFTEN
    Share.objects.filter(pk=current.pk).update(last_sent_at=now)
    for item in Item.objects.filter(share=current).select_related("credential"):
        Item.objects.filter(pk=item.pk).update(sent_version=item.credential.latest)
    history.write(Verb.RESENT, current, at=now, by=by)
    letters.invite(current, at=now)
    return Resent.QUEUED
