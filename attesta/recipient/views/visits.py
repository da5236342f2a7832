"""Pages of a visit: what was shared, the text of a page, a sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from attesta.recipient.gates import admitted
from attesta.shares import actions
from attesta.shares.actions import Admission
from attesta.vault.blobs import Missing
from attesta.web import showing
from attesta.web.showing import ShownDocument


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of the parts of one visit."""

    visit_id: UUID

    def page(self, credential_id: UUID, number: int) -> str:
        return reverse("recipient:visit-page", args=[self.visit_id, credential_id, number])

    def text(self, credential_id: UUID, number: int) -> str:
        return reverse("recipient:visit-text", args=[self.visit_id, credential_id, number])

    def file(self, credential_id: UUID) -> str:
        return reverse("recipient:visit-file", args=[self.visit_id, credential_id])

    def print_sheet(self, credential_id: UUID) -> str:
        return reverse("recipient:visit-print", args=[self.visit_id, credential_id])


@require_safe
@admitted
def visit(request: HttpRequest, admission: Admission) -> HttpResponse:
    return render(request, "web/visit/visit.html", context(admission) | {"documents": shown(admission)})


@require_safe
@admitted
def text(request: HttpRequest, admission: Admission, credential_id: UUID, number: int) -> HttpResponse:
    """The words of one page, for those who do not see its picture."""
    document = one(admission, credential_id)
    try:
        words = actions.page_text(admission=admission, credential_id=credential_id, number=number, told=True)
    except Missing:
        words = None
    if words is None:
        raise Http404
    pages = {page.number: page for page in document.pages}
    return render(
        request,
        "recipient/text.html",
        context(admission)
        | {
            "document": document,
            "number": number,
            "words": words,
            "before": pages.get(number - 1),
            "after": pages.get(number + 1),
        },
    )


@require_GET
@admitted
def print_sheet(request: HttpRequest, admission: Admission, credential_id: UUID) -> HttpResponse:
    """The pages of one document, clean, under what is known of it now."""
    document = one(admission, credential_id)
    if not document.pages or actions.print_sheet(admission=admission, credential_id=credential_id) is None:
        raise Http404
    return render(request, "web/visit/print.html", context(admission) | {"document": document})


def context(admission: Admission) -> dict[str, object]:
    assert admission.visit is not None
    return showing.facts(admission.share) | {"back": reverse("recipient:visit", args=[admission.visit.id])}


def shown(admission: Admission, *, texts: int = showing.TEXTS_IN_PAGE) -> list[ShownDocument]:
    assert admission.visit is not None
    return showing.documents(admission, Addresses(admission.visit.id), texts=texts)


def one(admission: Admission, credential_id: UUID) -> ShownDocument:
    for document in shown(admission, texts=0):
        if document.credential.id == credential_id:
            return document
    raise Http404
