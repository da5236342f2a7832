"""A share: what it is, who it is for, what happened to it (guide steps 03 and 04)."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from attesta.learner import deliveries
from attesta.learner.filters import ActivityFilter
from attesta.learner.gates import owned
from attesta.learner.views import activity
from attesta.shares import actions, links, rules, tokens
from attesta.shares.models import AccessRequest, Item, Share
from attesta.shares.rules import State
from attesta.web import files
from attesta.web.gates import PersonRequest, signed_in

SHOW_PIN = "show_pin_of"


@require_safe
@signed_in
def share(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = owned(request, pk)
    asked = request.session.pop(SHOW_PIN, None) == str(pk)
    return show(request, found, pin=tokens.pin_of(found) or "" if asked else "")


@require_POST
@signed_in
def show_pin(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The page shows it next, once. What is kept on the way is that it was asked for, never the PIN."""
    found = owned(request, pk)
    if actions.show_pin(share=found, by=request.person) is not None:
        request.session[SHOW_PIN] = str(pk)
    return redirect(f"{reverse('learner:share', args=[pk])}#pin")


@require_safe
@signed_in
def qr(request: PersonRequest, pk: UUID) -> HttpResponse:
    return files.answer(qr_code(links.of_recipient(owned(request, pk))), "image/svg+xml")


def qr_code(address: str) -> bytes:
    import segno  # noqa: PLC0415 - see ADR 30

    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", xmldecl=False, border=2, omitsize=True)
    return out.getvalue()


def show(request: PersonRequest, found: Share, *, pin: str = "") -> HttpResponse:
    items = list(Item.objects.filter(share=found).select_related("credential__issuer").order_by("position"))
    held = [item for item in items if item.credential.learner_id == found.owner_id]
    state = rules.state(found.facts, timezone.now())
    context = {
        "share": found,
        "state": state,
        "active": state is State.ENABLED,
        "items": items,
        "not_told": not_told(held) if state is State.ENABLED else [],
        "link": links.of_recipient(found),
        "pin": pin,
        "deliveries": deliveries.of(found) if found.is_email else [],
        "here": {"next": request.get_full_path()},
        "requests": list(AccessRequest.objects.filter(share=found, answered_at=None).order_by("-created_at")[:5]),
        **activity.reading(found, [item.credential for item in held], request.person, ActivityFilter(request.GET)),
    }
    context["reopen_label"] = reopen_label(found, state)
    return render(request, "learner/share.html", context)


def reopen_label(share: Share, state: State) -> str:
    """What the one button will do: the same link opens again, for how long, or how often."""
    if state is State.EXPIRED or (share.expires_at and share.expires_at <= timezone.now()):
        return _("Open again for 30 days")
    if state is State.USED_UP:
        views = share.granted_at_once or share.max_consultations or 0
        return ngettext("Allow %(count)s more view", "Allow %(count)s more views", views) % {"count": views}
    return _("Open again") if state is State.DISABLED else _("Put the request away")


def not_told(items: list[Item]) -> list[Item]:
    """Documents that were updated since the recipient was last told (guide step 10)."""
    return [item for item in items if item.sent_version < item.credential.latest and not item.credential.revoked_at]
