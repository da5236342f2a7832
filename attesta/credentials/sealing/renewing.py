"""Seals that outlive their certificates: newer evidence and a document time-stamp, before the old ones end.

The version stays what it is: renewed bytes are kept beside those that were issued, and begin with them.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from attesta.credentials import contents
from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Renewal, Version
from attesta.credentials.sealing.documents import renewed
from attesta.credentials.sealing.means import Means, means_of
from attesta.vault import blobs

log = logging.getLogger(__name__)

LATER = timedelta(days=1)  # after what went wrong, and while another worker has it


def renew_due(limit: int = 10, *, now: datetime | None = None) -> int:
    """How many seals were renewed. Safe beside other workers."""
    now = now or timezone.now()
    due = Version.objects.filter(renew_due_at__lte=now, data_key__isnull=False)
    rows = due.select_related("credential__issuer", "data_key").order_by("renew_due_at")
    return sum(_renew(version, now) for version in rows[:limit])


def _renew(version: Version, now: datetime) -> int:
    mine = Version.objects.filter(pk=version.pk, renew_due_at=version.renew_due_at)
    if not mine.update(renew_due_at=now + LATER):
        return 0
    try:
        tools = means_of(version.credential.issuer)
        content = renewed(Contents(version).original(), tools)
    except (Missing, ValueError, ImproperlyConfigured, OSError) as trouble:
        log.error("The seal of version %s could not be renewed: %s", version.pk, trouble)
        return 0
    _keep(version, content, tools)
    return 1


def _keep(version: Version, content: bytes, tools: Means) -> None:
    assert version.data_key
    digest = sha256(content).hexdigest()
    blob = blobs.put(content, key=version.data_key, context=contents.context(version, f"renewal {digest}"))
    with transaction.atomic():
        Renewal.objects.create(version=version, sha256=digest, size=len(content), blob=blob)
        Version.objects.filter(pk=version.pk).update(renew_due_at=tools.next_renewal_at)
