"""Letters settled long ago are forgotten: who was written to about what. The ledger keeps what it was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from attesta.mail.models import Letter


def forget_settled(*, now: datetime, limit: int = 2000) -> int:
    """Sent, dead and withdrawn ones, the oldest first. One that is queued again meanwhile stays."""
    old = Letter.objects.settled_before(now - timedelta(days=settings.KEEP_LETTERS_DAYS))
    ids = list(old.order_by("settled_at").values_list("pk", flat=True)[:limit])
    return old.filter(pk__in=ids).delete()[0] if ids else 0
