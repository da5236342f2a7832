"""The worker's part: what nobody came back for."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings

from attesta.accounts import actions

UNPROVED_LASTS = timedelta(days=2)


def tidy(*, now: datetime) -> int:
    """Forget sign-ups that were never proved, and where sessions were that are long over. Returns how many."""
    over = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    sessions, _kinds = UserSession.objects.filter(last_seen_at__lt=over).delete()
    return sessions + actions.forget_unproved(before=now - UNPROVED_LASTS)
