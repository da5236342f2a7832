"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from attesta.mail.models import Letter  # noqa: F401 - named in the base class


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, by what a worker, an operator or the room that queued them asks for."""

    def takeable(self, now: datetime) -> Self:
        """Those a worker may claim: due, and held by no living worker. The index on ``due_at`` holds no settled one."""
        return self.waiting(now).filter(due_at__lte=now)

    def waiting(self, now: datetime) -> Self:
        """Those that can still be taken back: not settled, and held by no living worker."""
        return self.filter(Q(state="queued") | Q(state="sending", leased_until__lte=now))

    def about(self, subject_id: UUID, kinds: Iterable[str] | None = None) -> Self:
        """Letters about one thing, the newest first."""
        found = self.filter(subject_id=subject_id).order_by("-created_at", "-id")
        return found if kinds is None else found.filter(kind__in=list(kinds))

    def settled_before(self, moment: datetime) -> Self:
        """Unsettled letters have no ``settled_at``, and no worker and nobody's command ever meets them here."""
        return self.filter(settled_at__lt=moment)

    def dead(self) -> Self:
        return self.filter(state="dead").order_by("-settled_at", "-id")
