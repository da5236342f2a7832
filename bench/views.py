"""The baselines: what a developer in a hurry would write, under the same middleware."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from attesta.activity.models import Line
from attesta.shares.models import Share
from attesta.shares.tokens import sha256


def bare(request: HttpRequest, token: str) -> HttpResponse:
    """Look a row up by token, render a template."""
    share = get_object_or_404(Share, token_hash=sha256(token))
    return render(request, "bench/page.html", {"share": share})


@transaction.atomic
def naive(request: HttpRequest, token: str) -> HttpResponse:
    """The same, with an ORM insert and an ORM update in one transaction."""
    share = get_object_or_404(Share, token_hash=sha256(token))
    share.consultations += 1
    share.last_consulted_at = timezone.now()
    share.save()
    facts = {"documents": [], "agent": request.headers.get("User-Agent", "")}
    Line.objects.create(
        at=share.last_consulted_at, verb="bench", share_id=share.id, owner_id=share.owner_id, facts=facts
    )
    return render(request, "bench/page.html", {"share": share})
