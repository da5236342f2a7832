"""Addresses that letters and commands name: the only place in this room that knows a door's."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse


def document(credential_id: UUID) -> str:
    return settings.BASE_URL + reverse("learner:document", args=[credential_id])


def verification(code: str, version_id: UUID | None = None) -> str:
    """Where anyone learns how a document stands today; ``version_id`` says which file of it they hold."""
    address = f"{settings.BASE_URL}/verify/{code}"
    return f"{address}?v={version_id}" if version_id else address
