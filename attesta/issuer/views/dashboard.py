"""What happened to the institution's documents lately: four numbers, and one of them day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from attesta.credentials import tallies
from attesta.credentials.models import Credential, Tally
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.days import today
from attesta.organizations.rules import Act
from attesta.web import charts, dates

RECENT = 5
DAYS = 30
MONTHS = 12
Kind = Tally.Kind

LABELS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    Kind.ISSUED: (_("Issued"), _("Documents issued"), "document"),
    Kind.CLAIMED: (pgettext_lazy("documents", "Claimed"), _("Documents claimed by their learners"), "check"),
    Kind.SHARED: (_("Shared"), _("Documents shared by their learners"), "share"),
    Kind.CONSULTED: (_("Viewed"), _("Views by recipients"), "eye"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """One of the four. ``of_year`` includes ``of_month``."""

    kind: str
    label: str | Promise
    meaning: str | Promise
    icon: str
    of_month: int
    of_year: int


@dataclass(frozen=True, slots=True)
class Period:
    """A bar of the chart, and a row of its table: a day, or a month."""

    name: str
    total: int


@require_safe
@staff(Act.LOOK)
def dashboard(request: StaffRequest) -> HttpResponse:
    now = today()
    kind = Kind(asked) if (asked := request.GET.get("of", "")) in Kind.values else Kind.ISSUED
    by_month = request.GET.get("by") == "month"
    first = months_before(now, MONTHS - 1) if by_month else now - timedelta(days=DAYS - 1)
    days = series(tallies.by_day(request.organization, kind, first), first, now)
    bars = by_months(days) if by_month else days
    word: Callable[[date], str] = dates.month if by_month else dates.day
    context = {
        "numbers": numbers(request, now),
        "chosen": LABELS[kind][1],
        "kind": kind,
        "by_month": by_month,
        "chart": charts.chart(bars),
        "periods": [Period(word(day), total) for day, total in reversed(bars) if total],
        "first": word(bars[0][0]),
        "last": word(bars[-1][0]),
        "newest": list(Credential.objects.of_issuer(request.organization).order_by("-created_at", "-pk")[:RECENT]),
    }
    return render(request, "issuer/dashboard.html", context)


def numbers(request: StaffRequest, now: date) -> list[Number]:
    month = tallies.totals(request.organization, now - timedelta(days=DAYS - 1))
    year = tallies.totals(request.organization, months_before(now, MONTHS - 1))
    return [Number(kind, *words, month[kind], year[kind]) for kind, words in LABELS.items()]


def months_before(day: date, months: int) -> date:
    """The first of the month that lies so many months back."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def series(counted: dict[date, int], first: date, last: date) -> list[tuple[date, int]]:
    """Every day, gaps as 0."""
    return [(day, counted.get(day, 0)) for day in (first + timedelta(days=n) for n in range((last - first).days + 1))]


def by_months(days: list[tuple[date, int]]) -> list[tuple[date, int]]:
    found: dict[date, int] = {}
    for day, total in days:
        found[day.replace(day=1)] = found.get(day.replace(day=1), 0) + total
    return list(found.items())
