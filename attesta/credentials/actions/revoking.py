"""Revoke: nobody sees its content any more."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.credentials import letters, rules
from attesta.credentials.actions import history
from attesta.credentials.actions.making import refuse
from attesta.credentials.models import Credential
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal


@transaction.atomic
def revoke(*, credential: Credential, reason: str, shown: bool, by: Person | None = None) -> Credential:
    """``shown``: the learner, recipients and whoever verifies may read the reason."""
    reason = tidy(reason)
    refuse(rules.reason_refusal(reason))
    now = timezone.now()
    rows = Credential.objects.filter(pk=credential.pk, revoked_at=None)
    if not rows.update(revoked_at=now, revocation_reason=reason, revocation_shown=shown):
        raise refused(Refusal.REVOKED)
    credential.refresh_from_db()
    history.write(Verb.REVOKED, credential, at=now, by=by, **({"reason": reason} if shown else {}))
    if credential.release_due_at is None:
        letters.revoked(credential, at=now)
    return credential
