"""Many documents in one go: every batch of the institution, and handing one in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attesta.credentials.batches import actions, querysets
from attesta.credentials.models import Batch, BatchState
from attesta.credentials.rules import Refused
from attesta.issuer import tables, typed
from attesta.issuer.forms.batches import FORMS, HandInForm, in_use
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.rules import Act
from attesta.web import files, paging
from attesta.web.filters import uuid_of
from attesta.web.paging import Run

SIZE = 20
NEWEST = [Run("created_at")]


@require_safe
@staff(Act.LOOK)
def batches(request: StaffRequest) -> HttpResponse:
    mine = querysets.of_issuer(request.organization)
    after, before = (uuid_of(request.GET.get(name)) for name in ("after", "before"))
    found = paging.page(mine, NEWEST, size=SIZE, after=after, before=before)
    context = {
        "rows": found.rows,
        "newer": found.newer,
        "older": found.older,
        "forms": FORMS,
        "to_approve": to_approve(request),
    }
    return render(request, "issuer/batches/list.html", context)


def to_approve(request: StaffRequest) -> list[Batch]:
    """Those that wait for this very person."""
    if Act.APPROVE not in request.acts:
        return []
    waiting = querysets.of_issuer(request.organization).filter(state=BatchState.WAITING)
    return list(waiting.exclude(created_by=request.person)[:SIZE])


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.HAND_IN)
def hand_in(request: StaffRequest) -> HttpResponse:
    form = form_of(request)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            batch = actions.hand_in(issuer=request.organization, by=request.person, **form.values())
        except Refused as problem:
            form.complain(problem)
        else:
            if batch.created_at < now:
                messages.info(request, _("This very file was handed in before: here is its batch."))
            else:
                messages.success(request, _("The file has arrived. It is checked first: nothing is issued by that."))
            return redirect("issuer:batch", request.organization.slug, batch.pk)
    templates = list(in_use(request.organization))
    return render(request, "issuer/batches/new.html", {"form": form, "templates": templates})


def form_of(request: StaffRequest) -> HandInForm:
    """``?like=``: with the choices of a batch that had problems, whose corrected file comes now.

    Whoever had to sign in again finds what they chose, but for the file, which is kept nowhere.
    """
    if request.method == "POST":
        return HandInForm(request.POST, request.FILES, issuer=request.organization)
    if chosen := typed.take(request):
        messages.info(request, _("Choose the file once more: it is not kept while you sign in again."))
        return HandInForm(issuer=request.organization, initial=chosen.dict())
    like = uuid_of(request.GET.get("like"))
    before = querysets.of_issuer(request.organization).filter(pk=like).first() if like else None
    initial = {"form": before.form, "quiet": before.quiet, "template": before.template_id} if before else {}
    return HandInForm(issuer=request.organization, initial=initial)


@require_safe
@staff(Act.LOOK)
def table(request: StaffRequest) -> HttpResponse:
    """An empty index.csv with the right columns; ``?example=1``: with an invented line."""
    content = tables.of_archive(example="example" in request.GET)
    return files.download(content.encode(), tables.CSV, "index.csv")
