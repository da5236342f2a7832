"""Reads of shares. Every one starts from what the person may see."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from attesta.accounts.models import Person
from attesta.organizations.folding import fold
from attesta.shares.rules import State

if TYPE_CHECKING:
    from attesta.shares.models import Share  # noqa: F401 - names the model in the type below


class ShareQuerySet(models.QuerySet["Share"]):
    def owned_by(self, person: Person) -> Self:
        return self.filter(owner=person)

    def matching(self, text: str) -> Self:
        """Shares whose name, purpose, reference or recipient has every word of ``text``."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found

    def in_state(self, state: State, now: datetime) -> Self:
        expired = Q(expires_at__isnull=False, expires_at__lte=now)
        used_up = Q(max_consultations__isnull=False, consultations__gte=F("max_consultations"))
        return self.filter(
            {
                State.DISABLED: Q(enabled=False),
                State.EXPIRED: Q(enabled=True) & expired,
                State.USED_UP: Q(enabled=True) & ~expired & used_up,
                State.ENABLED: Q(enabled=True) & ~expired & ~used_up,
            }[state]
        )

    def live_at(self, now: datetime) -> Self:
        return self.in_state(State.ENABLED, now)

    def of_credential(self, credential_id: object) -> Self:
        return self.filter(items__credential_id=credential_id)
