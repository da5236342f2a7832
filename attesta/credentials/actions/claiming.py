"""Claim: what was issued to a mailbox belongs to whoever proves it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.models import Credential


def claim(*, person: Person, email: str) -> int:
    """What was issued to a mailbox that ``person`` has proved becomes theirs; how many documents."""
    if not EmailAddress.objects.filter(user=person, email=email.lower(), verified=True).exists():
        return 0
    return sum(_claim_one(credential, person) for credential in Credential.objects.unclaimed(email))


def claim_all(*, person: Person) -> int:
    """``claim`` for every mailbox that ``person`` has proved."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sum(claim(person=person, email=email) for email in proved)


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
