"""Reads of organizations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from attesta.organizations.rules import INVITATION_DAYS

if TYPE_CHECKING:
    from attesta.organizations.models import Invitation, Organization  # noqa: F401 - the querysets' own models, by name


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def issuers(self) -> OrganizationQuerySet:
        return self.filter(is_issuer=True)

    def named(self, name: str) -> OrganizationQuerySet:
        """By slug or by id."""
        try:
            return self.filter(pk=UUID(name))
        except ValueError:
            return self.filter(slug=name)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def good_at(self, now: datetime) -> InvitationQuerySet:
        """Those by which someone may still become a member."""
        return self.filter(created_at__gt=now - timedelta(days=INVITATION_DAYS))
