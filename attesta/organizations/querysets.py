"""Reads of organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from attesta.organizations.models import Organization  # noqa: F401 - the queryset's own model, by name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def issuers(self) -> OrganizationQuerySet:
        return self.filter(is_issuer=True)

    def named(self, name: str) -> OrganizationQuerySet:
        """By slug or by id."""
        try:
            return self.filter(pk=UUID(name))
        except ValueError:
            return self.filter(slug=name)
