"""Every share the learner ever made, with the switch in its row (guide step 02)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attesta.credentials.models import Credential
from attesta.learner.filters import ShareFilter
from attesta.shares import rules
from attesta.shares.models import Channel, Item, Share
from attesta.shares.querysets import ShareQuerySet
from attesta.shares.rules import State
from attesta.web import paging
from attesta.web.filters import uuid_of
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.paging import Page

SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """``here`` is the page that a press of the switch comes back to."""

    share: Share
    state: State
    credentials: list[Credential]
    here: str

    @property
    def first(self) -> Credential:
        return self.credentials[0]

    @property
    def others(self) -> int:
        """Documents beyond the one that the row names."""
        return len(self.credentials) - 1

    @property
    def back(self) -> dict[str, str]:
        return {"next": self.here}

    @property
    def target(self) -> str:
        return f"#share-{self.share.pk}"

    @property
    def switch_id(self) -> str:
        return f"switch-{self.share.pk}"


@require_safe
@signed_in
def shares(request: PersonRequest) -> HttpResponse:
    chosen = ShareFilter(request.GET)
    credential = credential_of(request)
    found = page(request, chosen, credential)
    here = request.get_full_path()
    context = {
        "filter": chosen,
        "rows": [row_of(share, here) for share in found.rows],
        "newer": found.newer,
        "older": found.older,
        "credential": credential,
        "narrowed": chosen.narrows or credential is not None,
    }
    partial = request.htmx and not request.htmx.history_restore_request
    return render(request, "learner/shares.html#results" if partial else "learner/shares.html", context)


def credential_of(request: PersonRequest) -> Credential | None:
    """``?document=``: only shares of this document of the learner's."""
    wanted = uuid_of(request.GET.get("document"))
    return Credential.objects.owned_by(request.person).filter(pk=wanted).first() if wanted else None


def page(request: PersonRequest, chosen: ShareFilter, credential: Credential | None) -> Page[Share]:
    return paging.page(
        with_titles(matching(Share.objects.owned_by(request.person), chosen, credential)),
        chosen.runs,
        size=SIZE,
        after=uuid_of(request.GET.get("after")),
        before=uuid_of(request.GET.get("before")),
    )


def matching(found: ShareQuerySet, chosen: ShareFilter, credential: Credential | None) -> ShareQuerySet:
    if credential is not None:
        found = found.of_credential(credential.pk)
    if chosen.value("q"):
        found = found.matching(chosen.value("q"))
    if chosen.value("channel"):
        found = found.filter(channel=Channel(chosen.value("channel")))
    if chosen.value("status"):
        found = found.in_state(State(chosen.value("status")), timezone.now())
    return found


def with_titles(found: ShareQuerySet) -> ShareQuerySet:
    """With their documents, in one more query however many shares."""
    return found.prefetch_related(Prefetch("items", Item.objects.select_related("credential").order_by("position")))


def row_of(share: Share, here: str) -> Row:
    titles = [item.credential for item in share.items.all()]
    return Row(share, rules.state(share.facts, timezone.now()), titles, here)
