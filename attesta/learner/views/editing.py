"""The five fields that can be edited (guide steps 05 and 06). A stale form never overwrites a newer one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attesta.learner.forms import EditForm, complain
from attesta.learner.gates import owned
from attesta.shares import actions, rules, tokens
from attesta.shares.actions import Stale
from attesta.shares.models import Share
from attesta.web import dates, lists
from attesta.web.gates import PersonRequest, signed_in


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that now holds something else than what was typed."""

    label: str
    typed: str
    saved: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    share = owned(request, pk)
    form = EditForm(request.POST if request.method == "POST" else None, share=share)
    if not form.is_valid():
        return page(request, share, form)
    version, kept_pin = form.cleaned_data["version"], tokens.pin_of(share) or ""
    changes = form.changes(kept_pin)
    try:
        outcome = actions.edit(share=share, by=request.person, version=version, changes=changes)
    except actions.Invalid as problem:
        complain(form, problem)
        return page(request, share, form)
    if isinstance(outcome, Stale):
        return stale(request, outcome.current, form)
    messages.success(request, _("Your changes to “%(name)s” are saved.") % {"name": outcome.name})
    if changes.pin not in ("", kept_pin):
        tell_of_pin(request, outcome)
    return redirect(reverse("learner:share", args=[pk]) + lists.along(request))


def tell_of_pin(request: PersonRequest, share: Share) -> None:
    """Whether the recipient hears of the new PIN."""
    if not share.is_email:
        messages.info(request, _("Give the new PIN to your recipient yourself, apart from the link."))
    elif rules.refusal(share.facts, timezone.now()) is None:
        messages.info(request, _("The new PIN is on its way to %(recipient)s.") % {"recipient": share.recipient})
    else:
        text = _("The new PIN was not sent: resend the email to %(recipient)s once the share is open.")
        messages.warning(request, text % {"recipient": share.recipient})


def page(request: PersonRequest, share: Share, form: EditForm) -> HttpResponse:
    return render(request, "learner/edit.html", {"share": share, "form": form})


def stale(request: PersonRequest, current: Share, form: EditForm) -> HttpResponse:
    """Both values, side by side. What was typed stays in the form, which now answers to the newer version."""
    typed = {name: value for name, value in form.data.items() if name != "version"}
    kept = EditForm({**typed, "version": str(current.version)}, share=current)
    context = {"share": current, "form": kept, "stale": True, "differences": differences(current, form)}
    return render(request, "learner/edit.html", context, status=409)


def differences(current: Share, form: EditForm) -> list[Difference]:
    typed = form.cleaned_data
    pairs = [
        ("name", typed["name"], current.name),
        ("purpose", typed["purpose"], current.purpose),
        ("reference", typed["reference"], current.reference),
        ("expires_on", dates.day(typed["expires_on"]), dates.day(current.last_day)),
    ]
    found = [(name, new, now) for name, new, now in pairs if new != now]
    if typed["pin"] or typed.get("remove_pin"):
        asked = _("a new PIN") if typed["pin"] else _("no PIN")
        found.append(("pin", asked, _("set") if current.has_pin else ""))
    return [Difference(str(form.fields[name].label), new, now) for name, new, now in found]
