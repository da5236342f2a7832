"""Release: on its day a document that waited becomes its learner's, and they are told.

One that was revoked by then never does.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from attesta.accounts.mailboxes import owner_of
from attesta.activity.verbs import Verb
from attesta.credentials import letters
from attesta.credentials.actions import history
from attesta.credentials.models import Credential
from attesta.credentials.querysets import CredentialQuerySet


def release_due(limit: int = 100, *, now: datetime | None = None) -> int:
    """How many were released. Safe beside other workers."""
    now = now or timezone.now()
    due = _due(now).select_related("issuer").order_by("release_due_at")
    return sum(_release(credential, now) for credential in due[:limit])


def _due(now: datetime) -> CredentialQuerySet:
    return Credential.objects.filter(release_due_at__lte=now, revoked_at=None)


@transaction.atomic
def _release(credential: Credential, now: datetime) -> int:
    """Read anew once the row is held: its address may have been corrected since the list was made."""
    if not _due(now).filter(pk=credential.pk).update(release_due_at=None):
        return 0
    credential.refresh_from_db()
    if owner := owner_of(credential.learner_email):
        Credential.objects.filter(pk=credential.pk).update(learner=owner, claimed_at=now)
    credential.refresh_from_db()
    history.write(Verb.RELEASED, credential, at=now, by=None)
    if not credential.quiet:
        letters.issued(credential, at=now)
    return 1
