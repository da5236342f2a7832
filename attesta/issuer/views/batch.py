"""One batch, from its check to its report: what it holds, what is wrong with it, how far it got, who must act next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from attesta.accounts.models import Person
from attesta.credentials import specimens
from attesta.credentials.batches import people, problems, querysets, reports
from attesta.credentials.batches.findings import Broken
from attesta.credentials.models import Batch, BatchState, Problem, Row, RowState
from attesta.credentials.pdf import Undrawable
from attesta.issuer import tables
from attesta.issuer.forms.batches import FORMS, ProblemFilter
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.models import Membership, Organization
from attesta.organizations.rules import Act, may
from attesta.vault.blobs import Missing
from attesta.web import files
from attesta.web.filters import number_of

ROWS, PROBLEMS = 25, 50
NAMED = 5
MOVING = {BatchState.CHECKING, BatchState.RUNNING}
OPENABLE = {BatchState.READY, BatchState.WAITING, BatchState.PAUSED}
"""States in which the file is still there, and nothing works on it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words."""

    problem: Problem
    sentence: str


@require_safe
@staff(Act.LOOK)
def batch(request: StaffRequest, pk: UUID) -> HttpResponse:
    """``?watch=`` is the state that a page shows which asks again by itself."""
    found = owned(request, pk)
    watched = request.GET.get("watch")
    if request.htmx and watched and watched != found.state:
        return HttpResponseClientRefresh()
    context = {
        "batch": found,
        "form_word": FORMS[found.form][0],
        "progress": querysets.progress(found),
        "own": found.created_by_id == request.person.pk,
        "may_hand_in": Act.HAND_IN in request.acts,
        "may_approve": Act.APPROVE in request.acts,
        "moving": found.state in MOVING,
        "seen": {"version": found.version},
    }
    if request.htmx and watched:
        return render(request, "issuer/batches/moving.html", context)
    return render(request, "issuer/batches/batch.html", context | more(request, found))


def more(request: StaffRequest, found: Batch) -> dict[str, object]:
    """What only the state at hand needs."""
    match found.state:
        case BatchState.REFUSED:
            return wrong(request, found)
        case BatchState.CHECKING | BatchState.RUNNING:
            return {}
        case BatchState.WAITING:
            away = [found.created_by] if people.author_is_away(found) else []
            return rows_of(request, found) | {"able": able(request.organization, but=found.created_by), "away": away}
        case BatchState.PAUSED:
            return rows_of(request, found) | {"away": people.away(found)}
    return rows_of(request, found)


def wrong(request: StaffRequest, found: Batch) -> dict[str, object]:
    every = querysets.problems(found)
    chosen = ProblemFilter(request.GET, codes=counted(every, "code"), columns=counted(every, "column"))
    if chosen.value("code"):
        every = every.filter(code=chosen.value("code"))
    if chosen.value("column"):
        every = every.filter(column=chosen.value("column"))
    page = page_of(request, every, PROBLEMS)
    return {
        "filter": chosen,
        "page": page,
        "problems": [Told(each, problems.sentence(each.code)) for each in page],
    }


def counted(every: QuerySet[Problem], column: str) -> dict[str, int]:
    """The most frequent first."""
    pairs = every.order_by().values_list(column).annotate(total=Count("pk")).order_by("-total", column)
    return dict(pairs)


def rows_of(request: StaffRequest, found: Batch) -> dict[str, object]:
    """``?failed=1``: only those that could not be issued. ``?see=``: the document whose first page is shown."""
    rows = Row.objects.filter(batch=found).select_related("credential").order_by("number")
    only_failed = "failed" in request.GET
    seen = min(number_of(request.GET.get("see")) or 1, found.row_count)
    page = page_of(request, querysets.failed(found) if only_failed else rows, ROWS)
    for row in page:
        row.sentence = problems.sentence(row.problem) if row.problem else ""  # type: ignore[attr-defined]
    return {
        "page": page,
        "only_failed": only_failed,
        "see": seen if found.state in OPENABLE and found.data_key_id and found.row_count else 0,
        "skipped": querysets.skipped(found),
        "cleaned": querysets.cleaned(found),
        "waiting": RowState.WAITING,
    }


def page_of[M: (Problem, Row)](request: StaffRequest, rows: QuerySet[M], size: int) -> Page[M]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def able(organization: Organization, *, but: Person | None) -> list[Person]:
    """Colleagues who may approve."""
    members = Membership.objects.filter(organization=organization, person__is_active=True).select_related("person")
    people = (each.person for each in members.order_by("pk") if may(each.role, Act.APPROVE) and each.person != but)
    return list(islice(people, NAMED))


@require_safe
@staff(Act.LOOK)
def picture(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """A document's first page as it would be issued, while the batch is looked through."""
    found = owned(request, pk)
    if found.state not in OPENABLE or not 1 <= number <= found.row_count:
        raise Http404
    try:
        drawn = specimens.picture_of_batch(found, number)
    except (Broken, Missing, Undrawable, IndexError):
        raise Http404 from None
    return files.answer(drawn.image, files.WEBP)


@require_safe
@staff(Act.EXPORT)
def problem_table(request: StaffRequest, pk: UUID) -> HttpResponse:
    found = owned(request, pk)
    name = f"{found.file_name} – {_('Problems')}.csv"
    return files.download("".join(reports.of_problems(found)).encode(), tables.CSV, name)


@require_safe
@staff(Act.EXPORT)
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    found = owned(request, pk)
    name = f"{found.file_name} – {_('Report')}.csv"
    return files.download("".join(reports.of_rows(found)).encode(), tables.CSV, name)


def owned(request: StaffRequest, pk: UUID) -> Batch:
    mine = querysets.of_issuer(request.organization).select_related(
        "data_key", "created_by", "approved_by", "started_by"
    )
    return get_object_or_404(mine, pk=pk)
