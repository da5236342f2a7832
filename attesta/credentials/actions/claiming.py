"""Claim: what was issued to a mailbox belongs to whoever proves it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from attesta.accounts.mailboxes import proved_by
from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.models import Credential


def claim(*, person: Person, email: str) -> int:
    """What was issued to a mailbox that ``person`` has proved becomes theirs; how many documents."""
    if email.lower() not in proved_by(person):
        return 0
    return sum(_claim_one(credential, person) for credential in Credential.objects.unclaimed(email))


def claim_all(*, person: Person) -> int:
    """``claim`` for every mailbox that ``person`` has proved."""
    return sum(claim(person=person, email=email) for email in proved_by(person))


@transaction.atomic
def _claim_one(credential: Credential, person: Person) -> int:
    """The mailbox is asked for again: it may have been corrected a moment ago."""
    now = timezone.now()
    mine = Credential.objects.unclaimed(credential.learner_email).filter(pk=credential.pk)
    if not mine.update(learner=person, claimed_at=now):
        return 0
    credential.learner = person
    history.write(Verb.CLAIMED, credential, at=now, by=person)
    return 1
