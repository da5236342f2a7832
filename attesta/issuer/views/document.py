"""One document's life: what it is, who has it, its versions, its history, and what may be done with it.

Its content is behind a gate of its own (``contents.of_issuer``). Of shares there is a number and nothing else.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attesta.activity.querysets import of_credential
from attesta.credentials import contents, links
from attesta.credentials.actions import disclosing
from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Credential, Version
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.rules import Act
from attesta.shares.models import Item
from attesta.web import files, lists, sheets
from attesta.web.filters import number_of
from attesta.web.languages import language

EVENTS = 100


@require_safe
@staff(Act.LOOK)
def document(request: StaffRequest, pk: UUID) -> HttpResponse:
    credential = issued(request, pk)
    number = number_of(request.GET.get("version"))
    found = None if credential.revoked_at else contents.of_issuer(request.organization, pk, number)
    if not found and not credential.revoked_at:
        raise Http404
    lines = list(of_credential(pk).filter(share_id=None)[: EVENTS + 1])
    context = {
        "credential": credential,
        "versions": list(credential.versions.select_related("certificate")),
        "version": found.version if found else None,
        "of_version": query_of(found.version) if found else "",
        "is_current": not found or found.version.number == credential.latest,
        "shares": Item.objects.filter(credential=credential).count(),
        "verification": links.verification(credential.code) if credential.code else "",
        "lines": lines[:EVENTS],
        "more_lines": len(lines) > EVENTS,
        **(sheets_of(request, found) if found else {}),
    }
    return render(request, "issuer/document.html", context)


def to_document(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Back to its page after something was done there."""
    return redirect(reverse("issuer:document", args=[request.organization.slug, pk]) + lists.along(request))


def issued(request: StaffRequest, pk: UUID) -> Credential:
    """Another institution's document is not there."""
    mine = Credential.objects.of_issuer(request.organization).select_related("learner", "issuer")
    return get_object_or_404(mine, pk=pk)


def query_of(version: Version) -> str:
    """What an address of one of its parts ends with; the current version's is plain."""
    return f"?version={version.number}" if version.number != version.credential.latest else ""


def sheets_of(request: StaffRequest, found: Contents) -> dict[str, object]:
    version, query = found.version, query_of(found.version)

    def place(name: str) -> sheets.Place:
        slug, key = request.organization.slug, version.credential_id
        return lambda number: reverse(f"issuer:document-{name}", args=[slug, key, number]) + query

    part = number_of(request.GET.get("page")) or 1
    return sheets.part_of(found, part, image=place("page"), text=place("text"))


@require_safe
@staff(Act.LOOK)
def page_image(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    try:
        image = readable(request, pk).page_image(number)
    except Missing:
        raise Http404 from None
    return files.answer(image.content, image.content_type)


@require_safe
@staff(Act.LOOK)
def page_text(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    try:
        text = readable(request, pk).page_text(number)
    except Missing:
        raise Http404 from None
    return files.answer(text.encode(), "text/plain; charset=utf-8")


@require_POST
@staff(Act.EXPORT, button=True)
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The PDF, byte for byte as its learner has it. A copy that leaves the house stands in the document's history."""
    found = readable(request, pk)
    try:
        content = found.original()
    except Missing:
        raise Http404 from None
    disclosing.downloaded(version=found.version, by=request.person)
    return files.download(content, files.PDF, f"{named(found.version)}.pdf")


def named(version: Version) -> str:
    credential = version.credential
    return " – ".join(each for each in (credential.title(language()), credential.learner_name) if each)


def readable(request: StaffRequest, pk: UUID) -> Contents:
    """404 for another institution's document, a revoked one, and a version that does not exist."""
    found = contents.of_issuer(request.organization, pk, number_of(request.GET.get("version")))
    if found is None:
        raise Http404
    return found
