"""The cover page: inert until a person presses its button."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attesta.recipient.answers import SeeOther, closed
from attesta.recipient.forms import CodeForm, PinForm
from attesta.recipient.languages import speak
from attesta.recipient.visitors import device_of, give_device, give_visit, visitor
from attesta.shares import actions, tokens
from attesta.shares.actions import Cover, Opened
from attesta.shares.rules import CLOSED, Refusal

METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
STATUS = {Refusal.PIN_NEEDED: 422, Refusal.CODE_NEEDED: 422, Refusal.LOCKED: 429}  # else 403


@require_http_methods(METHODS)
def share(request: HttpRequest, token: str) -> HttpResponse:
    """A link that someone was given. GET and HEAD look, POST opens."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
    if request.method == "POST":
        return knock(request, token)
    if "ask" in request.GET:  # the closed page's link is relative and knows no token
        return redirect("recipient:ask", token)
    response = cover(request, token)
    if response.status_code == 200:
        give_device(request, response)
    return response


@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a code. Says no more of the link than its cover does."""
    who = visitor(request, device=device_of(request) or tokens.new_device())
    stage = "sent" if actions.send_code(token=token, network=who.network, device=who.device) else "later"
    response = SeeOther(f"{reverse('recipient:share', args=[token])}?code={stage}")
    give_device(request, response, who.device)
    return response


def knock(request: HttpRequest, token: str) -> HttpResponse:
    device = device_of(request) or tokens.new_device()
    typed = {name: request.POST.get(name, "").strip()[:40] for name in ("pin", "code")}
    outcome = actions.open(token=token, visitor=visitor(request, device=device), **typed)
    if isinstance(outcome, Opened):
        address = reverse("recipient:visit", args=[outcome.visit_id])
        response: HttpResponse = SeeOther(address)
        give_visit(response, outcome, address)
    else:
        response = closed(request) if outcome in CLOSED else cover(request, token, outcome)
    give_device(request, response, device)
    return response


def cover(request: HttpRequest, token: str, refusal: Refusal | None = None) -> HttpResponse:
    """The cover, with what went wrong when something did."""
    # After a wrong PIN it is still a person who looks, not a machine.
    look = "GET" if request.method == "POST" else str(request.method)
    found = actions.cover(token=token, visitor=visitor(request, method=look))
    if isinstance(found, Refusal):
        return closed(request)
    speak(request, found.share.language)
    status = STATUS.get(refusal, 403) if refusal else 200
    return render(request, "recipient/cover.html", context(request, token, found, refusal), status=status)


def context(request: HttpRequest, token: str, found: Cover, refusal: Refusal | None) -> dict[str, object]:
    stage = request.GET.get("code", "") if found.share.is_email else ""
    by_code = bool(found.mailbox) and (found.key.needs_code or bool(stage))
    locked = refusal is Refusal.LOCKED
    return {
        "heading": _("%(owner)s shares documents with you") % {"owner": found.owner_name},
        "owner": found.owner_name,
        "institutions": [fr if request.LANGUAGE_CODE == "fr" else en for fr, en in found.issuers],
        "mailbox": found.mailbox,
        "form": form(request, found, by_code=by_code, stage=stage, refusal=refusal),
        "by_code": by_code,
        "stage": stage,
        "locked": locked,
        "code_address": reverse("recipient:code", args=[token]) if found.mailbox else "",
        "ask_address": reverse("recipient:ask", args=[token]) if by_code or found.key.needs_pin else "",
    }


def form(request: HttpRequest, found: Cover, *, by_code: bool, stage: str, refusal: Refusal | None) -> Form | None:
    """The field that is asked for, if any; what was wrong stands at it. A PIN is never written back."""
    if refusal is Refusal.LOCKED or not (by_code or found.key.needs_pin):
        return None
    if by_code and not stage:
        return None
    kind = CodeForm if by_code else PinForm
    made = kind() if refusal is None else kind({})
    if found.mailbox and not by_code:
        made.fields["pin"].help_text = _("The digits of the second email we sent you.")
    if refusal:
        name = next(iter(made.fields))
        made.errors.clear()
        made.add_error(name, wrong(refusal))
    return made


def wrong(refusal: Refusal) -> str:
    return {
        Refusal.PIN_NEEDED: _("Type the PIN."),
        Refusal.CODE_NEEDED: _("Type the code."),
        Refusal.WRONG_PIN: _("This is not the PIN of this link. Check the digits and try again."),
        Refusal.WRONG_CODE: _(
            "This code does not open the link: it may be mistyped, used, too old, or asked for in another browser."
        ),
    }.get(refusal, "")
