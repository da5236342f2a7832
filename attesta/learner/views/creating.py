"""A new share: documents, channel, options, review, done. Each step has an address, so Back and reload work."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from attesta.credentials.models import Credential
from attesta.learner import drafts
from attesta.learner.drafts import Draft
from attesta.learner.forms import OfferForm, complain
from attesta.learner.views import previewing
from attesta.shares import actions, links, rules
from attesta.shares.models import Channel, Item, Share
from attesta.web.filters import uuid_of
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language

CHOICES = 200
EARLIER = ("channel", "documents")
LONGEST = 6_000  # of what a draft keeps of one field, in characters


@dataclass(frozen=True, slots=True)
class Flow:
    """Where a new share stands: what was chosen so far, and what was typed."""

    draft: Draft
    documents: list[Credential]
    turned: bool = False
    """Another channel than the one that the fields were typed for."""

    def form(self) -> OfferForm:
        """With what was typed, and its errors; or fresh, with a name that helps to find the share again."""
        typed = self.draft.fields
        initial = {"name": self.name(), "language": language(), "may_download": True, "expiry": "none"}
        if typed and self.turned:
            initial |= {**typed, "may_download": "may_download" in typed}
        return OfferForm(None if self.turned else typed or None, channel=self.draft.channel, initial=initial)

    def name(self) -> str:
        first, others = self.documents[0].title(language()), len(self.documents) - 1
        words = ngettext("%(first)s and %(count)s other", "%(first)s and %(count)s others", others)
        return words % {"first": first[:70], "count": others} if others else first[:100]

    def address(self, step: str = "") -> str:
        """It names documents, channel and draft; what was typed stays in the session."""
        query = [("document", str(each)) for each in self.draft.documents]
        query += [("channel", self.draft.channel)] if self.draft.channel else []
        query += [("draft", str(self.draft.id))] + ([("step", step)] if step else [])
        return f"{reverse('learner:share-new')}?{urlencode(query)}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: PersonRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    flow = flow_of(request, asked)
    if Share.objects.owned_by(request.person).filter(request_key=flow.draft.id).exists():
        return redirect("learner:share-done", flow.draft.id)
    if request.method == "POST":
        return confirm(request, flow) if asked.get("act") == "share" else keep(request, flow)
    return step(request, flow, request.GET.get("step", ""))


def flow_of(request: PersonRequest, asked: QueryDict) -> Flow:
    """From the address or the form; what it leaves out, from the draft."""
    key = uuid_of(asked.get("draft"))
    draft = drafts.load(request.session, request.person, key) if key else None
    draft = draft or Draft(key or uuid.uuid4())
    said = "document" in asked or "chosen" in asked
    documents = documents_of(request, asked.getlist("document") if said else [str(each) for each in draft.documents])
    channel = asked.get("channel", "") if asked.get("channel") in Channel.values else draft.channel
    turned = bool(draft.channel) and channel != draft.channel and request.method != "POST"
    return Flow(Draft(draft.id, [each.pk for each in documents], channel, draft.fields), documents, turned)


def documents_of(request: PersonRequest, wanted: Sequence[str]) -> list[Credential]:
    """In the order they were chosen. 404 for what is not the learner's; what was revoked since falls out."""
    keys = list(dict.fromkeys(key for key in map(uuid_of, wanted) if key))
    found = {each.pk: each for each in Credential.objects.owned_by(request.person).filter(pk__in=keys)}
    if len(found) < len(keys):
        raise Http404
    return [found[key] for key in keys if not found[key].revoked_at]


def step(request: PersonRequest, flow: Flow, wanted: str) -> HttpResponse:
    if not flow.documents or wanted == "documents" or len(flow.documents) > rules.MAX_DOCUMENTS:
        return choose_documents(request, flow)
    if not flow.draft.channel or wanted == "channel":
        return page(request, flow, "channel", 2)
    if "draft" not in request.GET:
        return redirect(flow.address())
    form = flow.form()
    if wanted == "review" and form.is_valid():
        return review(request, flow, form)
    if wanted == "preview" and form.is_valid():
        return look(request, flow, form)
    return page(request, flow, "options", 3, form=form)


def choose_documents(request: PersonRequest, flow: Flow) -> HttpResponse:
    mine = Credential.objects.owned_by(request.person).filter(revoked_at=None)
    choices = list(mine.in_order("newest", language())[:CHOICES])
    listed = {choice.pk for choice in choices}
    context: dict[str, Any] = {
        "choices": [*choices, *(each for each in flow.documents if each.pk not in listed)],
        "ticked": {each.pk for each in flow.documents},
        "none": "chosen" in request.GET and not flow.documents,
        "too_many": len(flow.documents) > rules.MAX_DOCUMENTS,
        "most": rules.MAX_DOCUMENTS,
    }
    return page(request, flow, "documents", 1, **context)


def review(request: PersonRequest, flow: Flow, form: OfferForm) -> HttpResponse:
    offer = form.offer()
    again = already(request, flow.documents, offer.recipients)
    return page(request, flow, "review", 4, offer=offer, last_day=form.last_day, already=again)


def already(request: PersonRequest, documents: list[Credential], recipients: Sequence[str]) -> list[Item]:
    """Live shares of the same document with the same mailbox: sharing again is not needed, updates follow."""
    live = Share.objects.owned_by(request.person).live_at(timezone.now()).filter(recipient_email__in=recipients)
    items = Item.objects.filter(share__in=live, credential__in=documents).select_related("share", "credential")
    return list(items.order_by("share__recipient_email", "position")[:20]) if recipients else []


def look(request: PersonRequest, flow: Flow, form: OfferForm) -> HttpResponse:
    """As the recipient would see it, before anything is shared."""
    offer = form.offer()
    share = Share(
        owner=request.person,
        reference=offer.reference,
        may_download=offer.may_download,
        expires_at=offer.expires_at,
        language=offer.language,
    )
    return previewing.before(request, share, flow.documents, back=flow.address("review"))


def page(request: PersonRequest, flow: Flow, name: str, number: int, /, status: int = 200, **more: Any) -> HttpResponse:
    labels = [_("Documents"), _("Channel"), _("Options"), _("Review")]
    ways = {f"to_{each}": flow.address(each) for each in ("documents", "channel", "options", "preview")}
    context = {"draft": flow.draft, "documents": flow.documents, "steps": labels, "number": number, **ways, **more}
    return render(request, f"learner/new/{name}.html", context, status=status)


def keep(request: PersonRequest, flow: Flow) -> HttpResponse:
    """What was typed is kept, right or wrong; what is right goes on to the review, or back to an earlier step.

    What was typed for the other channel is kept, too.
    """
    if not flow.documents or not flow.draft.channel:
        return redirect(flow.address())
    fields = flow.form().fields
    typed = {name: value for name, value in flow.draft.fields.items() if name not in fields}
    typed |= {name: request.POST[name][:LONGEST] for name in fields if name in request.POST}
    kept = Flow(Draft(flow.draft.id, flow.draft.documents, flow.draft.channel, typed), flow.documents)
    drafts.save(request.session, request.person, kept.draft)
    if request.POST.get("go") in EARLIER:
        return redirect(kept.address(request.POST["go"]))
    return redirect(kept.address("review" if kept.form().is_valid() else "options"))


def confirm(request: PersonRequest, flow: Flow) -> HttpResponse:
    if not flow.draft.fields or not flow.documents:
        messages.warning(request, _("This form is no longer open. Nothing was shared: please start again."))
        return redirect(flow.address())
    form = flow.form()
    if not form.is_valid():
        return redirect(flow.address("options"))
    try:
        actions.create(by=request.person, credentials=flow.documents, offer=form.offer(), request_key=flow.draft.id)
    except actions.Invalid as problem:
        complain(form, problem)
        return page(request, flow, "options", 3, status=422, form=form)
    drafts.forget(request.session, flow.draft.id)
    return redirect("learner:share-done", flow.draft.id)


@require_safe
@signed_in
def done(request: PersonRequest, key: UUID) -> HttpResponse:
    shares = list(Share.objects.owned_by(request.person).filter(request_key=key).order_by("recipient_email"))
    if not shares:
        raise Http404
    first = shares[0]
    documents = [item.credential for item in first.items.select_related("credential__issuer")]
    link = "" if first.is_email else links.of_recipient(first)
    context = {"shares": shares, "share": first, "documents": documents, "link": link}
    return render(request, "learner/new/done.html", context)
