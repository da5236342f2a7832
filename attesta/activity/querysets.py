"""Readings of the ledger. Paging is by key (``at``, ``id``), so the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from attesta.activity.models import Line
from attesta.activity.verbs import Verb

COUNT_CAP = 1000
FOLDED = frozenset({Verb.PAGE_VIEWED, Verb.AUTOMATIC})
OF_CREDENTIALS = frozenset({Verb.UPDATED, Verb.REVOKED})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the key of its last line."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Sought:
    """A line is one of those looked for when any of this holds."""

    text: str = ""
    """Stands in the name or address of who acted, or for whom."""
    labels: Collection[str] = ()
    """Is such a name or address, to the letter."""
    verbs: Collection[str] = ()
    """Is its verb."""
    unnamed: Collection[str] = ()
    """Is its verb, and nobody is named as having done it."""
    documents: Collection[str] = ()
    """It is about one of these documents alone."""

    def among(self, lines: QuerySet[Line]) -> QuerySet[Line]:
        named = Q(actor_label__icontains=self.text) | Q(recipient_label__icontains=self.text)
        known = Q(actor_label__in=self.labels) | Q(recipient_label__in=self.labels)
        said = Q(verb__in=self.verbs) | Q(actor_label="", verb__in=self.unnamed)
        about = Q(credential_id__in=self.documents) | Q(facts__document__id__in=self.documents)
        return lines.filter((named if self.text else Q(pk__in=())) | known | said | about)


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a share: its own lines, and updates of its documents since it was made."""

    share_id: UUID
    credential_ids: Sequence[UUID] = ()
    since: datetime | None = None
    verbs: Collection[str] | None = None
    sought: Sought | None = None

    def page(self, *, size: int, before: Place | None = None) -> tuple[list[Line], Place | None]:
        """At most ``size`` lines, newest first, and the place to go on from when there are more."""
        found = [line for part in self._parts() for line in _older(part, before)[: size + 1]]
        found.sort(key=lambda line: (line.at, line.id), reverse=True)
        if len(found) <= size:
            return found, None
        last = found[size - 1]
        return found[:size], Place(last.at, last.id)

    def count(self) -> int:
        """How many lines, up to one above COUNT_CAP: a truthful "more than 1,000" costs little."""
        total = sum(part.order_by()[: COUNT_CAP + 1].count() for part in self._parts())
        return min(total, COUNT_CAP + 1)

    def _parts(self) -> list[QuerySet[Line]]:
        parts = [Line.objects.filter(share_id=self.share_id)]
        if self.credential_ids:
            about = Line.objects.filter(credential_id__in=self.credential_ids, verb__in=OF_CREDENTIALS)
            parts.append(about.filter(at__gte=self.since) if self.since else about)
        return [self._chosen(part).order_by("-at", "-id") for part in parts]

    def _chosen(self, part: QuerySet[Line]) -> QuerySet[Line]:
        if self.verbs is not None:
            part = part.filter(verb__in=self.verbs)
        return self.sought.among(part) if self.sought else part


def of_credential(credential_id: UUID) -> QuerySet[Line]:
    """What happened to one credential, newest first."""
    return Line.objects.filter(credential_id=credential_id).order_by("-at", "-id")


def _older(part: QuerySet[Line], before: Place | None) -> QuerySet[Line]:
    if before is None:
        return part
    # ``at <= x`` bounds the index scan; the rest settles ties.
    return part.filter(Q(at__lt=before.at) | Q(id__lt=before.id), at__lte=before.at)
