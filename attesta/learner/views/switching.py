"""One-button acts on a share: disable, enable, resend, renew, open again (guide steps 07 to 09)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attesta.learner.gates import owned
from attesta.learner.views import shares
from attesta.shares import actions
from attesta.shares.actions.resending import Resent
from attesta.shares.models import Share
from attesta.web.gates import PersonRequest, own_address, signed_in


@require_POST
@signed_in
def disable(request: PersonRequest, pk: UUID) -> HttpResponse:
    done = actions.disable(share=owned(request, pk), by=request.person)
    text = _("“%(name)s” is disabled: nobody can open it any more. Its history is kept.")
    return switched(request, done, text % {"name": done.name})


@require_POST
@signed_in
def enable(request: PersonRequest, pk: UUID) -> HttpResponse:
    done = actions.enable(share=owned(request, pk), by=request.person)
    return switched(request, done, _("“%(name)s” is enabled.") % {"name": done.name})


@require_POST
@signed_in
def resend(request: PersonRequest, pk: UUID) -> HttpResponse:
    share = owned(request, pk)
    outcome = actions.resend(share=share, by=request.person)
    if outcome is Resent.QUEUED:
        messages.success(request, _("The email to %(recipient)s is on its way again.") % {"recipient": share.recipient})
    else:
        messages.warning(request, refusals()[outcome])
    return back(request, share)


@require_POST
@signed_in
def told(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Guide step 10, for links: only the learner knows whom they gave it to."""
    share = owned(request, pk)
    if actions.note_told(share=share, by=request.person):
        messages.success(request, _("Noted: the recipient of “%(name)s” knows of the update.") % {"name": share.name})
    return back(request, share)


def refusals() -> dict[Resent, str]:
    return {
        Resent.NOT_EMAIL: _("This share has no email address. Copy its link and send it yourself."),
        Resent.NOT_ACTIVE: _("Nothing was sent: this share cannot be opened now. Open it again first, then resend."),
        Resent.TOO_MANY_TODAY: _("Nothing was sent: you have sent as many emails as one day allows. Go on tomorrow."),
        Resent.TOO_OFTEN: _("Nothing was sent: it was already resent ten times within an hour. Try again later."),
    }


@require_safe
@signed_in
def confirm_renewal(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Asked first, because the old link cannot be brought back."""
    return render(request, "learner/renew.html", {"share": owned(request, pk)})


@require_POST
@signed_in
def renew(request: PersonRequest, pk: UUID) -> HttpResponse:
    renewed = actions.renew_link(share=owned(request, pk), by=request.person)
    share = renewed.share
    if share.is_email and not renewed.is_sent:
        text = _(
            "“%(name)s” has a new link. The old link opens nothing. The new one was not sent: resend the email to"
            " %(recipient)s once the share is open."
        )
    elif share.is_email:
        text = _("“%(name)s” has a new link, and %(recipient)s receives it by email. The old link opens nothing.")
    else:
        text = _("“%(name)s” has a new link. The old link opens nothing: give the new one to your recipient.")
    messages.success(request, text % {"name": share.name, "recipient": share.recipient})
    return redirect("learner:share", share.pk)


@require_POST
@signed_in
def reopen(request: PersonRequest, pk: UUID) -> HttpResponse:
    done = actions.reopen(share=owned(request, pk), by=request.person)
    if done.was_closed:
        text = _("“%(name)s” can be opened again, by the same link.")
    else:
        text = _("Noted. “%(name)s” was open already, so nobody was written to.")
    messages.success(request, text % {"name": done.share.name})
    return back(request, done.share)


def switched(request: PersonRequest, share: Share, text: str) -> HttpResponse:
    """The row alone for htmx, which keeps the page as it is; else back to where the switch was pressed."""
    if request.htmx and request.htmx.target == f"share-{share.pk}":
        here = own_address(request, request.POST.get("next"))
        row = shares.row_of(shares.with_titles(Share.objects.filter(pk=share.pk)).get(), here)
        return render(request, "learner/shares.html#row", {"row": row})
    messages.success(request, text)
    return back(request, share)


def back(request: PersonRequest, share: Share) -> HttpResponse:
    address = own_address(request, request.POST.get("next"))
    return HttpResponseRedirect(address) if address else redirect("learner:share", share.pk)
