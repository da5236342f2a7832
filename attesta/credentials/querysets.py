"""Reads of credentials. Every one starts from what the person may see."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from attesta.accounts.models import Person
from attesta.credentials.rules import Status
from attesta.organizations.folding import fold
from attesta.organizations.models import Organization

if TYPE_CHECKING:
    from attesta.credentials.models import Credential, Version  # noqa: F401 - the querysets' own models, by name


class Held(StrEnum):
    """Whether a learner has it."""

    CLAIMED = "claimed"
    WAITING = "waiting"
    SCHEDULED = "scheduled"


SORTS = ("newest", "oldest", "title", "organization")


class CredentialQuerySet(models.QuerySet["Credential"]):
    def owned_by(self, person: Person) -> CredentialQuerySet:
        return self.filter(learner=person).select_related("issuer")

    def of_issuer(self, issuer: Organization) -> CredentialQuerySet:
        """For the staff of the institution that issued them."""
        return self.filter(issuer=issuer)

    def in_status(self, status: Status, today: date) -> CredentialQuerySet:
        """As ``rules.status`` has it, by columns that indexes are made of."""
        expired = Q(expires_on__isnull=False, expires_on__lte=today)
        stands = Q(revoked_at__isnull=True) & ~expired
        return self.filter(
            {
                Status.REVOKED: Q(revoked_at__isnull=False),
                Status.EXPIRED: Q(revoked_at__isnull=True) & expired,
                Status.UPDATED: stands & Q(updated_at__isnull=False),
                Status.AVAILABLE: stands & Q(updated_at__isnull=True),
            }[status]
        )

    def held(self, held: Held) -> CredentialQuerySet:
        return self.filter(
            {
                Held.CLAIMED: Q(learner__isnull=False),
                Held.WAITING: Q(learner__isnull=True, release_due_at__isnull=True, revoked_at__isnull=True),
                Held.SCHEDULED: Q(release_due_at__isnull=False, revoked_at__isnull=True),
            }[held]
        )

    def addressed(self, pk: UUID) -> Credential | None:
        """One credential with whom letters about it speak of and to."""
        return self.filter(pk=pk).select_related("issuer", "learner").first()

    def unclaimed(self, email: str) -> CredentialQuerySet:
        """Issued and released to a mailbox that nobody had proved so far."""
        return self.filter(learner=None, release_due_at=None, learner_email=email.lower())

    def search(self, text: str) -> CredentialQuerySet:
        """Every word stands in a title, the issuer's name (either language) or the number; case and accents aside."""
        found = self
        for word in fold(text).split():
            found = found.filter(
                Q(folded_fr__contains=word)
                | Q(folded_en__contains=word)
                | Q(issuer__folded_fr__contains=word)
                | Q(issuer__folded_en__contains=word)
                | Q(number__icontains=word)
            )
        return found

    def in_order(self, sort: str, language: str) -> CredentialQuerySet:
        """``sort`` is one of SORTS (else the first); ``language`` decides by which title or name."""
        orders = {
            "newest": ["-issued_on", "-id"],
            "oldest": ["issued_on", "id"],
            "title": [f"folded_{language}", "-issued_on", "-id"],
            "organization": [f"issuer__folded_{language}", "-issued_on", "-id"],
        }
        return self.order_by(*orders.get(sort, orders[SORTS[0]]))


class VersionQuerySet(models.QuerySet["Version"]):
    def to_render(self, now: datetime) -> VersionQuerySet:
        rows = self.filter(render_due_at__lte=now, data_key__isnull=False)
        return rows.select_related("credential", "data_key").order_by("render_due_at")
