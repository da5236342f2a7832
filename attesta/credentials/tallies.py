"""What institutions' overviews count, rolled up from the ledger by the worker: a page sums days, never lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.credentials import searching
from attesta.credentials.models import Credential, Tally, TallyCursor
from attesta.organizations import days
from attesta.organizations.models import Organization

KINDS = {
    Verb.ISSUED: Tally.Kind.ISSUED,
    Verb.CLAIMED: Tally.Kind.CLAIMED,
    Verb.CREATED: Tally.Kind.SHARED,
    Verb.OPENED: Tally.Kind.CONSULTED,
}
SETTLED = timedelta(seconds=60)
"""Lines may be committed in another order than their numbers: they are counted once no older one can come."""

type Key = tuple[UUID, Tally.Kind, date]


def roll_up(limit: int = 500, *, now: datetime | None = None) -> int:
    """Count up to ``limit`` further lines of the ledger; how many. Beside other workers each is counted once."""
    before = (now or timezone.now()) - SETTLED
    cursor, _made = TallyCursor.objects.get_or_create(pk=1)
    lines = settled(cursor.line, before, limit)
    if not lines:
        return 0
    with transaction.atomic():
        if not TallyCursor.objects.filter(pk=1, line=cursor.line).update(line=lines[-1].pk):
            return 0  # another worker counts these
        add(count(lines))
        searching.complete(line.credential_id for line in lines if line.verb == Verb.ISSUED and line.credential_id)
    return len(lines)


def settled(after: int, before: datetime, limit: int) -> list[Line]:
    """The next lines, up to the first that is too young."""
    rows = (
        Line.objects.filter(pk__gt=after)
        .only("at", "verb", "issuer_id", "owner_id", "credential_id", "facts")
        .order_by("pk")
    )
    found: list[Line] = []
    for line in rows[:limit]:
        if line.at > before:
            break
        found.append(line)
    return found


def count(lines: Sequence[Line]) -> Counter[Key]:
    told = [line for line in lines if kinds(line)]
    issuers = issuers_of({key for line in told for key in documents(line)})
    return Counter(
        (issuer, kind, days.of(line.at)) for line in told for issuer in concerned(line, issuers) for kind in kinds(line)
    )


def kinds(line: Line) -> list[Tally.Kind]:
    """What is issued or released to a mailbox that someone has proved is claimed at once."""
    at_once = line.owner_id is not None and line.verb in (Verb.ISSUED, Verb.RELEASED)
    own = [KINDS[Verb(line.verb)]] if line.verb in KINDS else []
    return [*own, Tally.Kind.CLAIMED] if at_once else own


def concerned(line: Line, issuers: dict[UUID, UUID]) -> Iterator[UUID]:
    """The institution of each document that the line tells of."""
    if line.issuer_id and line.verb in (Verb.ISSUED, Verb.RELEASED, Verb.CLAIMED):
        yield line.issuer_id
        return
    yield from (issuers[key] for key in documents(line) if key in issuers)


def documents(line: Line) -> list[UUID]:
    told: Iterable[dict[str, Any]] = line.facts.get("documents", ())
    return [UUID(str(each["id"])) for each in told]


def issuers_of(credential_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    return dict(Credential.objects.filter(pk__in=credential_ids).values_list("pk", "issuer_id"))


def add(counted: Counter[Key]) -> None:
    """Whoever moved the cursor is alone here until commit."""
    for (issuer, kind, day), total in sorted(counted.items()):
        row, made = Tally.objects.get_or_create(issuer_id=issuer, kind=kind, day=day, defaults={"total": total})
        if not made:
            Tally.objects.filter(pk=row.pk).update(total=F("total") + total)


# --- what overviews ask --------------------------------------------------------------------------


def totals(issuer: Organization, since: date) -> dict[str, int]:
    """By kind, from ``since`` on; every kind is there."""
    rows = Tally.objects.filter(issuer=issuer, day__gte=since).values_list("kind").annotate(all=Sum("total"))
    return dict.fromkeys(Tally.Kind.values, 0) | dict(rows)


def by_day(issuer: Organization, kind: Tally.Kind, since: date) -> dict[date, int]:
    return dict(Tally.objects.filter(issuer=issuer, kind=kind, day__gte=since).values_list("day", "total"))
