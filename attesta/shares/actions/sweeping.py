"""What time does to shares. The worker calls these again and again; each is safe to run twice or at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules
from attesta.shares.actions.codes import forget_codes
from attesta.shares.models import Share, Trace, Visit

KEEP_VISITS = timedelta(days=90)


def notice_expiries(*, now: datetime, limit: int = 200) -> int:
    """Write down links that have expired and tell their owners; warn owners three days before."""
    return _notice_expired(now, limit) + _warn(now, limit)


def _notice_expired(now: datetime, limit: int) -> int:
    due = Share.objects.filter(expires_at__lte=now, expiry_noticed_at=None)
    noticed = 0
    for share in due.select_related("owner")[:limit]:
        with transaction.atomic():
            if due.filter(pk=share.pk, version=share.version).update(expiry_noticed_at=now):
                noticed += 1
                history.write(Verb.EXPIRED, share, at=share.expires_at or now)  # not when the worker came by
                if share.enabled:
                    letters.expired(share, at=now)
    return noticed


def _warn(now: datetime, limit: int) -> int:
    soon = Share.objects.filter(
        expires_at__gt=now, expires_at__lte=now + rules.WARN_BEFORE, expiry_noticed_at=None, expiry_warned_at=None
    )
    warned = 0
    for share in soon.select_related("owner")[:limit]:
        short = share.expires_at is not None and share.expires_at - share.created_at <= 2 * rules.WARN_BEFORE
        with transaction.atomic():
            if soon.filter(pk=share.pk, version=share.version).update(expiry_warned_at=now):
                warned += 1
                if share.enabled and not short:
                    letters.expiring(share, at=now)
    return warned


def reap(*, now: datetime) -> int:
    """Remove visits, their traces, codes and budgets that nothing needs any more. The ledger stays whole."""
    old = Visit.objects.filter(expires_at__lt=now - KEEP_VISITS)
    traces = Trace.objects.filter(visit__expires_at__lt=now - timedelta(days=1))
    return traces.delete()[0] + old.delete()[0] + forget_codes() + budgets.reap(now)
