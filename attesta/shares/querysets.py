"""Reads of shares. Every one starts from what the person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from attesta.accounts.models import Person

if TYPE_CHECKING:
    pass


class ShareQuerySet(models.QuerySet["Share"]):
    def owned_by(self, person: Person) -> ShareQuerySet:
        return self.filter(owner=person)
