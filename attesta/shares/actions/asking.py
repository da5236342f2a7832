"""A closed link never dead-ends: whoever holds it may ask its owner, who may open it again in one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.models import AccessRequest, Share


@transaction.atomic
def ask_access(*, token: str, network: str, name: str, email: str, message: str) -> None:
    """Tell the owner, within budgets. Returns nothing: the asker never learns whether the link ever existed."""
    now, name = timezone.now(), tidy(name)[:100]
    if not budgets.spend(rules.REQUESTS_PER_NETWORK, "ask-network", network, now=now):
        return
    share = Share.objects.select_related("owner").filter(token_hash=tokens.sha256(token)).first()
    if share is None or not budgets.spend(rules.REQUESTS_PER_LINK, "ask", share.id, now=now):
        return
    request = AccessRequest.objects.create(share=share, name=name, email=email, message=message, created_at=now)
    facts = {"name": name, "email": email, "message": message}
    history.write(Verb.ACCESS_ASKED, share, at=now, actor_label=f"{name} <{email}>"[:254], facts=facts)
    letters.access_asked(share, request, at=now)


@dataclass(frozen=True, slots=True)
class Reopened:
    """``was_closed``: only then did anything change, and was anybody told."""

    share: Share
    was_closed: bool


@transaction.atomic
def reopen(*, share: Share, by: Person) -> Reopened:
    """Open the same link again: enabled, 30 more days when it had expired, as many consultations again when used up.

    Whoever asked is told. Of a link that was open all the time nobody is told anything: the request is put away.
    """
    now = timezone.now()
    current = Share.objects.select_for_update().get(pk=share.pk)
    before = rules.refusal(current.facts, now)
    if before is not None:
        expires_at = current.expires_at
        if expires_at is not None and expires_at <= now:
            expires_at = now + rules.REOPEN_FOR
        limit = current.max_consultations
        if limit is not None and current.consultations >= limit:
            limit = current.consultations + (current.granted_at_once or limit)
        Share.objects.filter(pk=share.pk).update(
            enabled=True,
            expires_at=expires_at,
            max_consultations=limit,
            expiry_noticed_at=None,
            expiry_warned_at=None,
            version=F("version") + 1,
        )
        _tell(current, by)
    else:
        AccessRequest.objects.filter(share=share, answered_at=None).update(answered_at=now)
    after = Share.objects.get(pk=share.pk)
    answer_waiting(before=current, after=after, at=now)
    return Reopened(after, was_closed=before is not None)


def answer_waiting(*, before: Share, after: Share, at: datetime) -> None:
    """When a change has opened a closed link, in whatever way: write to those who asked for that."""
    if rules.refusal(before.facts, at) is None or rules.refusal(after.facts, at) is not None:
        return
    waiting = AccessRequest.objects.filter(share=after, answered_at=None)
    for request in waiting:
        letters.access_given(after, request, at=at)
    waiting.update(answered_at=at)


def _tell(before: Share, by: Person) -> None:
    """What opening again changed, in the words of the history."""
    now, after = timezone.now(), Share.objects.get(pk=before.pk)
    if not before.enabled:
        history.write(Verb.ENABLED, after, at=now, by=by)
    changes: dict[str, list[str | None]] = {}
    if before.expires_at != after.expires_at:
        changes["expires_at"] = [
            moment.isoformat() if moment else None for moment in (before.expires_at, after.expires_at)
        ]
    if before.max_consultations != after.max_consultations:
        changes["max_consultations"] = [str(before.max_consultations), str(after.max_consultations)]
    if changes:
        history.write(Verb.EDITED, after, at=now, by=by, facts={"changes": changes})
