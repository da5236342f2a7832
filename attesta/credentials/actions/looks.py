"""Batches whose documents would look otherwise than when somebody looked at them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.models import Batch, BatchState
from attesta.organizations.models import Organization

GOING_ON = (BatchState.READY, BatchState.RUNNING, BatchState.PAUSED)
LOOKED_AT = (*GOING_ON, BatchState.WAITING)
PRINTED = frozenset(
    {
        *("name_fr", "name_en", "unit_fr", "unit_en", "website_fr", "website_en"),
        *("address", "contact_phone", "contact_email"),
    }
)
"""What documents say of their institution (``designs.of_issuer``)."""


def changed(batches: QuerySet[Batch], *, at: datetime, by: Person | None) -> None:
    """A button on a page that was shown before does nothing; what was approved waits for approval once more.

    Also in the midst of issuing. Call it inside the transaction that changes their looks.
    """
    looked_at = batches.filter(state__in=LOOKED_AT)
    looked_at.update(version=F("version") + 1)
    approved = list(looked_at.filter(state__in=GOING_ON, approved_at__isnull=False).select_related("issuer"))
    Batch.objects.filter(pk__in=[batch.pk for batch in approved]).update(
        state=BatchState.WAITING, approved_by=None, approved_at=None
    )
    for batch in approved:
        history.write_of_batch(Verb.BATCH_APPROVAL_LOST, batch, at=at, by=by)


def withdrawn(batches: QuerySet[Batch], *, at: datetime, by: Person | None) -> None:
    """Nothing more is made of them: those that run are paused. Call it inside the transaction that withdraws them."""
    running = batches.filter(state=BatchState.RUNNING)
    for batch in running.select_related("issuer").order_by("created_at"):
        still = Batch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
        if still.update(state=BatchState.PAUSED, version=F("version") + 1):
            history.write_of_batch(Verb.BATCH_PAUSED, batch, at=at, by=by)


def says_otherwise(issuer: Organization) -> bool:
    """Will documents name the institution otherwise once it is saved?"""
    before = Organization.objects.filter(pk=issuer.pk).values(*PRINTED).first()
    return before is not None and any(getattr(issuer, name) != text for name, text in before.items())
