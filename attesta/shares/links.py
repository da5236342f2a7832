"""The only place in this room that names a door's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from attesta.shares import tokens

if TYPE_CHECKING:
    from attesta.shares.models import Share


def of_recipient(share: Share) -> str:
    """The secret link itself: for the owner's eyes and the recipient's letter only."""
    return f"{settings.BASE_URL}{reverse('recipient:share', args=[tokens.token_of(share)])}"


def of_owner(share: Share) -> str:
    return f"{settings.BASE_URL}{reverse('learner:share', args=[share.id])}"


def of_preferences() -> str:
    """Where a person turns notices off."""
    return f"{settings.BASE_URL}{reverse('learner:account')}"
