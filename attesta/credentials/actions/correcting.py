"""A learner's mailbox: told again, or corrected when it was the wrong one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from attesta.accounts.mailboxes import owner_of
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
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)  # the next one counts this one
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
    nothing yet, because the document waits for its release or came quietly. The new one is told as the old one was
    meant to be: nothing of a quiet document, unless staff sent its invitation by hand.
    """
    email = email.strip().lower()
    refuse(None if rules.is_address(email) else Refusal.EMAIL_INVALID)
    refuse_revoked(credential)
    old, now = credential.learner_email, timezone.now()
    owned = Credential.objects.filter(pk=credential.pk, learner__isnull=False).exists()
    refuse(Refusal.SAME_ADDRESS if old == email else None)
    rows = Credential.objects.filter(pk=credential.pk, learner_email=old, revoked_at=None)
    if not rows.update(learner_email=email, learner=None, claimed_at=None):
        raise refused(Refusal.CHANGED_MEANWHILE)
    history.write(Verb.CORRECTED, credential, at=now, by=by)
    credential.refresh_from_db()
    if _has_heard(credential, owned=owned):
        letters.moved_away(credential, to=old, at=now)
    searching.index(credential)
    if credential.release_due_at is None:
        _hand_over(credential, now)
    return credential


def heard(credential: Credential) -> bool:
    """Does its mailbox know of it: by a letter, or because its owner has the document?"""
    return _has_heard(credential, owned=credential.learner_id is not None)


def _has_heard(credential: Credential, *, owned: bool) -> bool:
    if credential.release_due_at is not None:
        return False
    return owned or credential.latest > 1 or _invites(credential)


def _invites(credential: Credential) -> bool:
    """Is its learner told that it was issued: at once, or since by hand?"""
    return not credential.quiet or of_credential(credential.pk).filter(verb=Verb.INVITED).exists()


def _hand_over(credential: Credential, now: datetime) -> None:
    if owner := owner_of(credential.learner_email):
        Credential.objects.filter(pk=credential.pk).update(learner=owner, claimed_at=now)
        credential.refresh_from_db()
        history.write(Verb.CLAIMED, credential, at=now, by=owner)
    if _invites(credential):
        letters.issued(credential, at=now)
