"""One document: its pages, its versions, whom to ask, and who can see it. Bytes go to its owner only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from attesta.credentials import contents
from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Credential
from attesta.shares import links, rules
from attesta.shares.models import Item, Share
from attesta.shares.rules import State
from attesta.web import files, sheets
from attesta.web.checks import of_shown
from attesta.web.filters import number_of
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language

SHARES = 10


@dataclass(frozen=True, slots=True)
class ShareOfIt:
    share: Share
    state: State
    link: str = ""


@require_safe
@signed_in
def document(request: PersonRequest, pk: UUID) -> HttpResponse:
    credential = get_object_or_404(Credential.objects.owned_by(request.person), pk=pk)
    number = number_of(request.GET.get("version"))
    found = None if credential.revoked_at else contents.of_owner(request.person, pk, number)
    if not found and not credential.revoked_at:
        raise Http404
    shares, untold = shares_of(request, credential), not_told(request, credential)
    context = {
        "credential": credential,
        "versions": list(credential.versions.all()),
        "version": found.version if found else None,
        "is_current": not found or found.version.number == credential.latest,
        "shares": shares[:SHARES],
        "more_shares": len(shares) > SHARES,
        "not_told": untold[:SHARES],
        "more_not_told": len(untold) > SHARES,
        "checks": of_shown(credential, found.version) if found else [],
        "back_here": {"next": request.get_full_path()},
        **(sheets_of(found, number_of(request.GET.get("page")) or 1) if found else {}),
    }
    return render(request, "learner/document.html", context)


def shares_of(request: PersonRequest, credential: Credential) -> list[ShareOfIt]:
    rows = Share.objects.owned_by(request.person).of_credential(credential.pk).order_by("-created_at", "-pk")
    now = timezone.now()
    return [ShareOfIt(share, rules.state(share.facts, now)) for share in rows[: SHARES + 1]]


def not_told(request: PersonRequest, credential: Credential) -> list[ShareOfIt]:
    """Live shares whose recipient was last told of an older version (guide step 10)."""
    if credential.latest == 1 or credential.revoked_at:
        return []
    live = Share.objects.owned_by(request.person).live_at(timezone.now())
    older = Item.objects.filter(credential=credential, sent_version__lt=credential.latest).values("share_id")
    rows = live.filter(pk__in=older).order_by("-created_at", "-pk")[: SHARES + 1]
    return [ShareOfIt(share, State.ENABLED, "" if share.is_email else links.of_recipient(share)) for share in rows]


def sheets_of(found: Contents, part: int) -> dict[str, object]:
    version = found.version
    query = f"?version={version.number}" if version.number != version.credential.latest else ""

    def place(name: str) -> sheets.Place:
        return lambda number: reverse(f"learner:document-{name}", args=[version.credential_id, number]) + query

    return sheets.part_of(found, part, image=place("page"), text=place("text"))


@require_safe
@signed_in
def page_image(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    try:
        image = readable(request, pk).page_image(number)
    except Missing:
        raise Http404 from None
    return files.answer(image.content, image.content_type)


@require_safe
@signed_in
def page_text(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    try:
        text = readable(request, pk).page_text(number)
    except Missing:
        raise Http404 from None
    return files.answer(text.encode(), "text/plain; charset=utf-8")


@require_safe
@signed_in
def file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The PDF, byte for byte as it was issued."""
    found = readable(request, pk)
    try:
        content = found.original()
    except Missing:
        raise Http404 from None
    title = found.version.credential.title(language())
    return files.download(content, files.PDF, f"{title}.pdf")


def readable(request: PersonRequest, pk: UUID) -> Contents:
    """404 for someone else's document, a revoked one, and a version that does not exist."""
    found = contents.of_owner(request.person, pk, number_of(request.GET.get("version")))
    if found is None:
        raise Http404
    return found
