"""The wallet: every document, to be found, opened, ticked and shared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attesta.credentials.models import Credential
from attesta.learner.filters import DocumentFilter
from attesta.shares.models import Share
from attesta.web.filters import uuid_of
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language

SIZE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """A document and how many of its shares can be opened now."""

    credential: Credential
    live_shares: int
    ticked: bool


@require_safe
@signed_in
def documents(request: PersonRequest) -> HttpResponse:
    chosen = DocumentFilter(request.GET)
    ticked = [key for key in map(uuid_of, request.GET.getlist("document")) if key]
    cards, older = find(request, chosen, ticked)
    context = {
        "filter": chosen,
        "as_list": chosen.value("view") == "list",
        "cards": cards,
        "also_ticked": also_ticked(request, cards, ticked),
        "newer": chosen.number - 1,
        "older": older,
        "searching": bool(chosen.value("q")) or chosen.number > 1,
    }
    partial = request.htmx and not request.htmx.history_restore_request
    return render(request, "learner/documents.html#results" if partial else "learner/documents.html", context)


def find(request: PersonRequest, chosen: DocumentFilter, ticked: list[UUID]) -> tuple[list[Card], int | None]:
    """One page of documents, and the number of the next page when there is one."""
    found = Credential.objects.owned_by(request.person).search(chosen.value("q"))
    start = (chosen.number - 1) * SIZE
    rows = list(found.in_order(chosen.value("sort"), language())[start : start + SIZE + 1])
    counts = live_shares(request, [row.pk for row in rows[:SIZE]])
    cards = [Card(row, counts.get(row.pk, 0), row.pk in ticked) for row in rows[:SIZE]]
    return cards, chosen.number + 1 if len(rows) > SIZE else None


def also_ticked(request: PersonRequest, cards: list[Card], ticked: list[UUID]) -> list[Credential]:
    """What is ticked on another page, or before the search."""
    shown = {card.credential.pk for card in cards}
    others = [key for key in ticked if key not in shown]
    return list(Credential.objects.owned_by(request.person).filter(pk__in=others, revoked_at=None)) if others else []


def live_shares(request: PersonRequest, credential_ids: list[UUID]) -> dict[UUID, int]:
    live = Share.objects.owned_by(request.person).live_at(timezone.now())
    of_these = live.filter(items__credential_id__in=credential_ids).order_by()
    return dict(of_these.values_list("items__credential_id").annotate(total=Count("pk")))
