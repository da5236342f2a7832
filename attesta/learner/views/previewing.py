"""What a recipient would see, for the owner's eyes: nothing is counted or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from attesta.credentials import contents
from attesta.credentials.models import Credential
from attesta.learner.gates import owned
from attesta.shares import actions, rules
from attesta.shares.models import Share
from attesta.web import showing
from attesta.web.filters import uuid_of
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language
from attesta.web.showing import ShownDocument

SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """Of the parts of a document, at the owner's own pages: the recipient's would count."""

    request: PersonRequest

    def page(self, credential_id: UUID, number: int) -> str:
        return reverse("learner:document-page", args=[credential_id, number])

    def text(self, credential_id: UUID, number: int) -> str:
        return reverse("learner:document-text", args=[credential_id, number])

    def file(self, credential_id: UUID) -> str:
        return reverse("learner:document-file", args=[credential_id])

    def print_sheet(self, credential_id: UUID) -> str:
        return address(self.request, sheet=credential_id)


def address(request: PersonRequest, *, sheet: UUID | None = None) -> str:
    """Of this preview, or of the sheet to print of one of its documents."""
    query = request.GET.copy()
    query.pop(SHEET, None)
    if sheet:
        query[SHEET] = str(sheet)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@require_safe
@signed_in
def preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    share = owned(request, pk)
    admission = actions.preview(share=share, by=request.person)
    if admission is None:
        raise Http404
    return show(
        request,
        share,
        lambda: showing.documents(admission, OwnAddresses(request)),
        back=reverse("learner:share", args=[pk]),
    )


def before(request: PersonRequest, share: Share, credentials: Sequence[Credential], *, back: str) -> HttpResponse:
    """Of a share that does not exist yet."""

    def read(credential_id: UUID, number: int) -> str | None:
        found = contents.of_owner(request.person, credential_id)
        return found.page_text(number) if found else None

    return show(request, share, lambda: showing.of(share, credentials, OwnAddresses(request), read), back=back)


def show(
    request: PersonRequest, share: Share, documents: Callable[[], list[ShownDocument]], *, back: str
) -> HttpResponse:
    """The recipient's own page, in the share's language (or ``?lang=``) and in a visitor's time; a band above it."""
    code = language() if "lang" in request.GET else share.language
    with translation.override(code), timezone.override(None):
        context = showing.facts(share) | {
            "band": "learner/preview.html",
            "back": back,
            "closed": rules.refusal(share.facts, timezone.now()) is not None,
            "reader": request.person.language,
        }
        response = page(request, context, documents())
    response.headers["Content-Language"] = code
    return response


def page(request: PersonRequest, context: dict[str, object], documents: list[ShownDocument]) -> HttpResponse:
    """All of them, or the sheet of the one that the address names."""
    if SHEET not in request.GET:
        return render(request, "web/visit/visit.html", context | {"documents": documents})
    wanted = uuid_of(request.GET[SHEET])
    document = next((each for each in documents if each.credential.id == wanted and each.pages), None)
    if document is None:
        raise Http404
    return render(request, "web/visit/print.html", context | {"document": document, "back": address(request)})
