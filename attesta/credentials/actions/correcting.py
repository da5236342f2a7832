"""A learner's mailbox: told again, or corrected when it was the wrong one."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.querysets import of_credential
from attesta.activity.verbs import Verb
from attesta.credentials import letters, rules, searching
from attesta.credentials.actions import history
from attesta.credentials.actions.making import refuse, refuse_revoked
from attesta.credentials.models import Credential
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal


@transaction.atomic
def invite_again(*, credential: Credential, by: Person | None = None) -> None:
    """The letter that says it was issued, once more. Raises Refused once somebody has it, and when it is too often."""
    refuse_revoked(credential)
    now = timezone.now()
    waiting = Credential.objects.unclaimed(credential.learner_email).filter(pk=credential.pk)
    refuse(None if waiting.exists() else Refusal.CLAIMED)
    lately = of_credential(credential.pk).filter(verb=Verb.INVITED, at__gt=now - timedelta(hours=1))
    refuse(Refusal.TOO_OFTEN if lately.count() >= rules.INVITATIONS_AN_HOUR else None)
    history.write(Verb.INVITED, credential, at=now, by=by)
    letters.issued(credential, at=now)


@transaction.atomic
def correct_address(*, credential: Credential, email: str, by: Person | None = None) -> Credential:
    """From now on it is for whoever proves ``email``; whoever had claimed it by the old one has it no more.

    The old mailbox is told, without a word of the document's content or the new address; unless it had heard of
    nothing yet, because the document waits for its release.
    """
    email = email.strip().lower()
    refuse(None if rules.is_address(email) else Refusal.EMAIL_INVALID)
    refuse_revoked(credential)
    old, now = credential.learner_email, timezone.now()
    refuse(Refusal.SAME_ADDRESS if old == email else None)
    rows = Credential.objects.filter(pk=credential.pk, learner_email=old, revoked_at=None)
    if not rows.update(learner_email=email, learner=None, claimed_at=None):
        raise refused(Refusal.CHANGED_MEANWHILE)
    history.write(Verb.CORRECTED, credential, at=now, by=by)
    credential.refresh_from_db()
    if credential.release_due_at is None:
        letters.moved_away(credential, to=old, at=now)
    searching.index(credential)
    _tell_new(credential)
    return credential


def _tell_new(credential: Credential) -> None:
    if credential.release_due_at is not None:
        return
    now = timezone.now()
    proved = EmailAddress.objects.filter(email=credential.learner_email, verified=True).select_related("user").first()
    if proved:
        Credential.objects.filter(pk=credential.pk).update(learner=proved.user, claimed_at=now)
        credential.refresh_from_db()
        history.write(Verb.CLAIMED, credential, at=now, by=proved.user)
    letters.issued(credential, at=now)
