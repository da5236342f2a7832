"""Edit: five fields, saved together, never over a newer version (guide steps 05-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.organizations.folding import fold
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.actions.asking import answer_waiting
from attesta.shares.actions.creating import Invalid
from attesta.shares.actions.switching import end_visits, forget_browsers
from attesta.shares.models import Share


@dataclass(frozen=True, slots=True)
class Changes:
    """The five fields as the form had them. An empty ``pin`` means none."""

    name: str
    purpose: str
    reference: str
    pin: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody saved in between: ``current`` is what stands now. Nothing was overwritten."""

    current: Share


def edit(*, share: Share, by: Person, version: int, changes: Changes) -> Share | Stale:
    """Save ``changes`` made on ``version`` of the share. Raises Invalid, and nothing is written."""
    now = timezone.now()
    _check(share, changes, now)
    differences = _differences(share, changes)
    with transaction.atomic():
        if not _save(share, version, changes, differences):
            return Stale(Share.objects.get(pk=share.pk))
        saved = Share.objects.get(pk=share.pk)
        if differences:
            history.write(Verb.EDITED, saved, at=now, by=by, facts={"changes": differences})
        answer_waiting(before=share, after=saved, at=now)
        told = "pin" not in differences or _change_pin(saved, by, now)
        if not told:
            transaction.set_rollback(True)
    if not told:
        raise Invalid("pin", "too-many-today")
    return saved


def _change_pin(share: Share, by: Person, now: datetime) -> bool:
    """Whoever passed by the old one passes no more. False when the letter with the new one is one too many today."""
    end_visits(share, now)
    forget_browsers(share)
    if not (share.is_email and share.has_pin) or rules.refusal(share.facts, now) is not None:
        return True
    if not budgets.spend_invitation(by.id, now=now):
        return False
    letters.tell_pin(share, at=now)
    return True


def _check(share: Share, changes: Changes, now: datetime) -> None:
    if not tidy(changes.name):
        raise Invalid("name", "required")
    if changes.pin and not rules.valid_pin(changes.pin):
        raise Invalid("pin", "digits")
    if changes.expires_at and changes.expires_at <= now and changes.expires_at != share.expires_at:
        raise Invalid("expires_at", "past")


def _differences(share: Share, changes: Changes) -> dict[str, list[str | None]]:
    """What changed, from → to. Of a PIN, only whether there is one."""
    found: dict[str, list[str | None]] = {}
    for field in ("name", "purpose", "reference"):
        before, after = getattr(share, field), tidy(getattr(changes, field))
        if before != after:
            found[field] = [before, after]
    if changes.expires_at != share.expires_at:
        found["expires_at"] = [
            moment.isoformat() if moment else None for moment in (share.expires_at, changes.expires_at)
        ]
    if (tokens.pin_of(share) or "") != changes.pin:
        found["pin"] = ["set" if share.has_pin else "none", "set" if changes.pin else "none"]
    return found


def _save(share: Share, version: int, changes: Changes, differences: dict[str, Any]) -> bool:
    values: dict[str, Any] = {
        "name": tidy(changes.name),
        "purpose": tidy(changes.purpose),
        "reference": tidy(changes.reference),
    }
    values["search"] = fold(" ".join([*values.values(), share.recipient_email, share.recipient_name]))
    if "pin" in differences:
        values["pin_sealed"] = tokens.seal_pin(changes.pin, share.id) if changes.pin else None
    if "expires_at" in differences:
        values |= {"expires_at": changes.expires_at, "expiry_noticed_at": None, "expiry_warned_at": None}
    rows = Share.objects.filter(pk=share.pk, version=version)
    return rows.update(version=F("version") + 1, **values) == 1
