"""What people do with a batch, from handing it in to cancelling it. Refusals come before any change.

``seen`` is the version of the batch that a page showed whoever acts: another one meanwhile refuses.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.batches import closing, opening, people, rules
from attesta.credentials.batches.refusals import refused
from attesta.credentials.batches.rules import MOVES, OPEN, Act, Refusal
from attesta.credentials.models import Batch, Template
from attesta.organizations.models import Organization
from attesta.vault import blobs


def hand_in(
    *,
    issuer: Organization,
    form: str,
    file: bytes,
    file_name: str,
    template: Template | None = None,
    quiet: bool = False,
    release_at: datetime | None = None,
    by: Person | None,
) -> Batch:
    """Kept, encrypted; to be checked next. While it is not finished, the same file on the same terms is the same batch.

    Raises Refused.
    """
    _refuse(None if issuer.is_issuer else Refusal.NOT_AN_ISSUER)
    _refuse(rules.hand_in_refusal(len(file), form, template.kind if template else None))
    _refuse(Refusal.TEMPLATE_UNUSABLE if template and not _usable(template, issuer) else None)
    batch = Batch(
        issuer=issuer,
        form=form,
        template=template,
        file_name=_name(file_name),
        sha256=sha256(file).hexdigest(),
        size=len(file),
        quiet=quiet,
        release_at=release_at,
        created_by=by,
        created_label=str(by) if by else issuer.name_fr,
        created_at=timezone.now(),
    )
    return _handed_in_before(batch) or _keep(batch, file)


@transaction.atomic
def take_over(*, batch: Batch, by: Person, seen: int | None = None) -> Batch:
    """A batch that waits, from an author who may no longer issue: someone else approves it. Raises Refused."""
    now, current = timezone.now(), _current(batch)
    if not people.author_is_away(current):
        raise refused(rules.refusal(Act.TAKE_OVER, current.state) or Refusal.AUTHOR_THERE)
    from_them = Q(created_by=current.created_by)
    changes = {"created_by": by, "taken_over_at": now}
    return _move(Act.TAKE_OVER, batch, Verb.BATCH_TAKEN_OVER, by, now, seen=seen, only=from_them, **changes)


@transaction.atomic
def approve(*, batch: Batch, by: Person, seen: int | None = None) -> Batch:
    """By someone else than who handed it in or took it over. Their role is the door's business. Raises Refused."""
    now, current = timezone.now(), _current(batch)
    if current.created_by == by:
        raise refused(rules.refusal(Act.APPROVE, current.state) or Refusal.APPROVED_BY_AUTHOR)
    if people.author_is_away(current):
        raise refused(rules.refusal(Act.APPROVE, current.state) or Refusal.AUTHOR_AWAY)
    rows = Q(created_by=None) | ~Q(created_by=by)
    return _move(
        Act.APPROVE, batch, Verb.BATCH_APPROVED, by, now, seen=seen, only=rows, approved_by=by, approved_at=now
    )


@transaction.atomic
def start(*, batch: Batch, by: Person | None, seen: int | None = None) -> Batch:
    """The workers issue it from now on, in the name of ``by``. Raises Refused."""
    now = timezone.now()
    return _move(Act.START, batch, Verb.BATCH_STARTED, by, now, seen=seen, started_at=now, started_by=by)


@transaction.atomic
def pause(*, batch: Batch, by: Person | None) -> Batch:
    """What a worker has in hand is finished; nothing else is begun, whatever page asked for it. Raises Refused."""
    return _move(Act.PAUSE, batch, Verb.BATCH_PAUSED, by, timezone.now())


@transaction.atomic
def resume(*, batch: Batch, by: Person | None, seen: int | None = None) -> Batch:
    """The rest is issued in the name of ``by``. Raises Refused."""
    return _move(Act.RESUME, batch, Verb.BATCH_RESUMED, by, timezone.now(), seen=seen, started_by=by)


@transaction.atomic
def cancel(*, batch: Batch, by: Person | None, seen: int | None = None) -> Batch:
    """What was issued stays issued; nothing else will be. Raises Refused."""
    now = timezone.now()
    cancelled = _move(Act.CANCEL, batch, Verb.BATCH_CANCELLED, by, now, seen=seen, finished_at=now)
    closing.erase(cancelled)
    return cancelled


def _refuse(code: Refusal | None) -> None:
    if code:
        raise refused(code)


def _usable(template: Template, issuer: Organization) -> bool:
    return template.issuer_id == issuer.pk and template.retired_at is None


def _name(file_name: str) -> str:
    """Without folders: browsers and shells may send them."""
    name = tidy(PurePosixPath(file_name.replace("\\", "/")).name)
    return name[-rules.FILE_NAME_LENGTH :] or "batch"


def _handed_in_before(batch: Batch) -> Batch | None:
    same = Batch.objects.filter(
        issuer=batch.issuer,
        form=batch.form,
        template=batch.template,
        sha256=batch.sha256,
        quiet=batch.quiet,
        release_at=batch.release_at,
        state__in=OPEN,
    )
    return same.select_related("issuer", "template", "data_key", "created_by").order_by("created_at").first()


def _keep(batch: Batch, file: bytes) -> Batch:
    """On the disk before its row names it."""
    key = blobs.new_key()
    batch.blob = blobs.put(file, key=key, context=opening.context(batch))
    with transaction.atomic():
        key.save(force_insert=True)
        batch.data_key = key
        batch.save(force_insert=True)
        history.write_of_batch(Verb.BATCH_HANDED_IN, batch, at=batch.created_at, by=batch.created_by)
    return batch


def _current(batch: Batch) -> Batch:
    return Batch.objects.select_related("template", "created_by", "started_by").get(pk=batch.pk)


def _move(
    act: Act,
    batch: Batch,
    verb: Verb,
    by: Person | None,
    now: datetime,
    *,
    seen: int | None = None,
    only: Q | None = None,
    **changes: Any,
) -> Batch:
    """One conditional UPDATE: of two people at once, one moves it. Raises Refused with why by the state it has now."""
    before, after = MOVES[act]
    rows = Batch.objects.filter(only or Q(), pk=batch.pk, state__in=before)
    if act in rules.MAKING:
        _hold_template(batch)
        rows = rows.exclude(Exists(Template.objects.filter(pk=OuterRef("template"), retired_at__isnull=False)))
    rows = rows if seen is None else rows.filter(version=seen)
    if not rows.update(state=after, version=F("version") + 1, **changes):
        raise refused(_why_not(act, batch, seen))
    moved = Batch.objects.select_related("issuer", "template", "data_key", "created_by", "started_by").get(pk=batch.pk)
    history.write_of_batch(verb, moved, at=now, by=by)
    return moved


def _hold_template(batch: Batch) -> None:
    """Whoever retires it at this moment comes before, or finds the batch running."""
    if batch.template_id:
        list(Template.objects.select_for_update(no_key=True).filter(pk=batch.template_id))


def _why_not(act: Act, batch: Batch, seen: int | None) -> Refusal:
    current = _current(batch)
    if why := rules.refusal(act, current.state):
        return why
    if act in rules.MAKING and current.template and current.template.retired_at:
        return Refusal.TEMPLATE_RETIRED
    stale = act is not Act.APPROVE or seen not in (None, current.version)
    return Refusal.STALE if stale else Refusal.APPROVED_BY_AUTHOR
