"""Reads of credentials. Every one starts from what the person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from attesta.accounts.models import Person

if TYPE_CHECKING:
    pass


class CredentialQuerySet(models.QuerySet["Credential"]):
    def owned_by(self, person: Person) -> CredentialQuerySet:
        return self.filter(learner=person).select_related("issuer")
