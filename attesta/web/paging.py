"""Pages of a long list by key: the last page costs what the first does, and nothing is counted.

A page begins after a row or ends before one; the row is named by its id alone, so addresses stay short
and hold no one's data. ``Run`` splits an order where a column may be empty: rows that have it come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Model, OrderBy, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Run:
    """Rows in the order of ``field``, then of id, both downwards or both upwards.

    ``of`` names a column that is empty in all rows of this run (``empty``), or in none.
    """

    field: str
    down: bool = True
    of: str = ""
    empty: bool = False

    def rows[M: Model](self, queryset: QuerySet[M]) -> QuerySet[M]:
        return queryset.filter(**{f"{self.of}__isnull": self.empty}) if self.of else queryset

    def holds(self, row: Model) -> bool:
        return not self.of or (getattr(row, self.of) is None) == self.empty

    def order(self, *, backwards: bool) -> list[OrderBy]:
        down = self.down != backwards
        return [F(name).desc() if down else F(name).asc() for name in (self.field, "pk")]

    def beyond(self, row: Model, *, backwards: bool) -> Q:
        """Rows after ``row``. The first condition bounds the scan of the index, the others settle ties."""
        sign = "lt" if self.down != backwards else "gt"
        value = getattr(row, self.field)
        ties = Q(**{f"{self.field}__{sign}": value}) | Q(**{f"pk__{sign}": row.pk})
        return Q(**{f"{self.field}__{sign}e": value}) & ties


@dataclass(frozen=True, slots=True)
class Page[M: Model]:
    """``newer`` and ``older`` name the row that the neighbouring page ends before or begins after; None at an end."""

    rows: list[M]
    newer: UUID | None
    older: UUID | None


def page[M: Model](
    queryset: QuerySet[M], runs: Sequence[Run], *, size: int, after: UUID | None = None, before: UUID | None = None
) -> Page[M]:
    """A page of ``queryset``. A place that does not exist (any more) means the first page."""
    start: Any = queryset.prefetch_related(None).filter(pk=before or after).first() if before or after else None
    if start is not None and before:
        rows = _take(queryset, runs, size, start, backwards=True)
        if len(rows) >= size:
            more, rows = len(rows) > size, rows[:size][::-1]
            return Page(rows, newer=rows[0].pk if more else None, older=rows[-1].pk)
        start = None  # a short page before a place: the list's first page, whole
    rows = _take(queryset, runs, size, start, backwards=False)
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, newer=rows[0].pk if start and rows else None, older=rows[-1].pk if more else None)


def _take[M: Model](queryset: QuerySet[M], runs: Sequence[Run], size: int, start: Any, *, backwards: bool) -> list[M]:
    """Up to one row more than ``size``, which tells that there is a further page."""
    found: list[M] = []
    for run in _runs_from(runs, start, backwards=backwards):
        rows = run.rows(queryset).order_by(*run.order(backwards=backwards))
        if start is not None and run.holds(start):
            rows = rows.filter(run.beyond(start, backwards=backwards))
        found += rows[: size + 1 - len(found)]
        if len(found) > size:
            break
    return found


def _runs_from(runs: Sequence[Run], start: Any, *, backwards: bool) -> Iterable[Run]:
    ordered = list(runs)[::-1] if backwards else list(runs)
    if start is None:
        return ordered
    at = next(place for place, run in enumerate(ordered) if run.holds(start))
    return ordered[at:]
