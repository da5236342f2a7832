"""Every document of the institution: found by words, narrowed, opened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attesta.credentials import searching
from attesta.credentials.models import Credential
from attesta.credentials.searching import Found
from attesta.issuer.filters import DocumentFilter
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.days import today
from attesta.organizations.models import Organization
from attesta.organizations.rules import Act
from attesta.web import paging
from attesta.web.filters import uuid_of

SIZE = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """One page. ``by_word``: many were found, so they stand in the order of the word that was found."""

    rows: list[Credential]
    newer: UUID | None = None
    older: UUID | None = None
    by_word: bool = False


@require_safe
@staff(Act.LOOK)
def documents(request: StaffRequest) -> HttpResponse:
    chosen = DocumentFilter(request.GET)
    after, before = (uuid_of(request.GET.get(name)) for name in ("after", "before"))
    context = {
        "filter": chosen,
        "listed": listed(find(request.organization, chosen), chosen, size=SIZE, after=after, before=before),
        "begun": after is not None,
        "many": searching.FEW,
    }
    partial = request.htmx and not request.htmx.history_restore_request
    name = "issuer/documents/list.html"
    return render(request, f"{name}#results" if partial else name, context)


def find(issuer: Organization, chosen: DocumentFilter) -> Found:
    mine = Credential.objects.of_issuer(issuer)
    narrowed, facets = chosen.narrow(mine, today())
    return searching.search(issuer, chosen.value("q"), narrowed, facets)


def listed(
    found: Found, chosen: DocumentFilter, *, size: int, after: UUID | None = None, before: UUID | None = None
) -> Listed:
    if not found.few:
        rows, older = found.page(size=size, after=after)
        return Listed(rows, older=older, by_word=True)
    page = paging.page(found.credentials, chosen.runs, size=size, after=after, before=before)
    return Listed(page.rows, page.newer, page.older)
