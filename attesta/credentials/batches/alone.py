"""What one person issues alone is counted over a day: a batch that is split into several is still one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, F, Sum, When

from attesta.accounts.models import Person
from attesta.credentials.batches.findings import Code
from attesta.credentials.models import Batch, BatchState, Problem
from attesta.organizations.models import Organization

DAY = timedelta(hours=24)
ALONE = (BatchState.READY, BatchState.RUNNING, BatchState.PAUSED, BatchState.DONE, BatchState.CANCELLED)
"""What waits for a second person, or was refused or approved, is nobody's alone."""


def documents(issuer: Organization, by: Person | None, *, at: datetime, but: Batch | None = None) -> int:
    """New documents in batches that ``by`` handed in since a day before ``at`` and that nobody else approved."""
    lately = Batch.objects.filter(issuer=issuer, created_by=by, created_at__gt=at - DAY)
    alone = lately.filter(state__in=ALONE, approved_at=None)
    alone = alone.exclude(pk=but.pk) if but else alone
    of_batch = Case(
        When(state=BatchState.CANCELLED, then=F("issued_count")), default=F("row_count") - F("failed_count")
    )
    total: int = alone.aggregate(total=Sum(of_batch))["total"] or 0
    return total - Problem.objects.filter(batch__in=alone, code=Code.ALREADY_ISSUED).count()
