"""Who answers for a batch: whoever handed it in or took it over, and whoever set it going."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.models import Batch, BatchState
from attesta.organizations.models import Membership, Organization
from attesta.organizations.rules import Act, may


def away(batch: Batch) -> list[Person]:
    """Those of them who may no longer issue for the institution."""
    answering = {person.pk: person for person in (batch.created_by, batch.started_by) if person}
    members = Membership.objects.filter(organization=batch.issuer_id, person__in=answering, person__is_active=True)
    there = {person for person, role in members.values_list("person", "role") if may(role, Act.HAND_IN)}
    return [person for pk, person in answering.items() if pk not in there]


def author_is_away(batch: Batch) -> bool:
    return batch.created_by in away(batch) if batch.created_by else False


def leave(person: Person, issuers: Collection[Organization] | None, *, at: datetime) -> None:
    """``person`` may no longer issue (None: for anyone). What they answer for is paused until a colleague resumes it.

    Call it inside the transaction that takes their part from them.
    """
    running = Batch.objects.filter(Q(created_by=person) | Q(started_by=person), state=BatchState.RUNNING)
    running = running if issuers is None else running.filter(issuer__in=issuers)
    for batch in running.select_related("issuer").order_by("created_at"):
        still = Batch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
        if still.update(state=BatchState.PAUSED, version=F("version") + 1):
            history.write_of_batch(Verb.BATCH_LEFT, batch, at=at, by=None, about=str(person))
