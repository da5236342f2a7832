"""What people do to a batch by one button: take over, approve, start, pause, resume, cancel.

Each but the pause, which is never wrong, sends the version of the batch that its page showed.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attesta.credentials.batches import actions, querysets
from attesta.credentials.batches.rules import Refusal
from attesta.credentials.models import Batch
from attesta.credentials.rules import Refused
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.views.batch import owned
from attesta.organizations.rules import Act
from attesta.web.filters import number_of


@require_POST
@staff(Act.APPROVE, button=True)
def approve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The author is refused, with who may instead."""
    batch = owned(request, pk)
    try:
        actions.approve(batch=batch, by=request.person, seen=seen(request))
    except Refused as problem:
        if problem.code == Refusal.APPROVED_BY_AUTHOR:
            return render(request, "issuer/batches/own.html", {"batch": batch, "problem": problem}, status=403)
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("The batch is approved. It is issued once someone starts it."))
    return redirect("issuer:batch", request.organization.slug, pk)


@require_POST
@staff(Act.HAND_IN, button=True)
def take_over(request: StaffRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, lambda batch: actions.take_over(batch=batch, by=request.person, seen=seen(request)))


@require_POST
@staff(Act.HAND_IN, button=True)
def start(request: StaffRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, lambda batch: actions.start(batch=batch, by=request.person, seen=seen(request)))


@require_POST
@staff(Act.HAND_IN, button=True)
def pause(request: StaffRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, lambda batch: actions.pause(batch=batch, by=request.person))


@require_POST
@staff(Act.HAND_IN, button=True)
def resume(request: StaffRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, lambda batch: actions.resume(batch=batch, by=request.person, seen=seen(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.HAND_IN)
def cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Asked first: it cannot be taken up again."""
    batch = owned(request, pk)
    if request.method != "POST":
        context = {"batch": batch, "progress": querysets.progress(batch), "seen": {"version": batch.version}}
        return render(request, "issuer/batches/cancel.html", context)
    return moved(request, pk, lambda batch: actions.cancel(batch=batch, by=request.person, seen=seen(request)))


def seen(request: StaffRequest) -> int:
    """0, which is no version, for a page that says none."""
    return number_of(request.POST.get("version")) or 0


def moved(request: StaffRequest, pk: UUID, move: Callable[[Batch], Batch]) -> HttpResponse:
    """The page shows the new state; a refusal says why it is the old one."""
    try:
        move(owned(request, pk))
    except Refused as problem:
        messages.warning(request, str(problem))
    return redirect("issuer:batch", request.organization.slug, pk)
