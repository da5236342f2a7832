"""What a recipient would see, for the owner's eyes: nothing is counted or written."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from attesta.credentials import contents
from attesta.credentials.models import Credential
from attesta.learner.views import switching
from attesta.shares import actions
from attesta.shares.models import Share
from attesta.web import showing
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language
from attesta.web.showing import LETTER, ShownDocument, ShownPage


class OwnAddresses:
    """Of the parts of a document, at the owner's own pages: the recipient's would count."""

    def page(self, credential_id: UUID, number: int) -> str:
        return reverse("learner:document-page", args=[credential_id, number])

    def text(self, credential_id: UUID, number: int) -> str:
        return reverse("learner:document-text", args=[credential_id, number])

    def file(self, credential_id: UUID) -> str:
        return reverse("learner:document-file", args=[credential_id])

    def print_sheet(self, credential_id: UUID) -> str:
        return ""


@require_safe
@signed_in
def preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    share = switching.owned(request, pk)
    admission = actions.preview(share=share, by=request.person)
    if admission is None:
        raise Http404
    documents = showing.documents(admission, OwnAddresses())
    return show(request, share, documents, back=reverse("learner:share", args=[pk]))


def before(request: PersonRequest, share: Share, credentials: Sequence[Credential], *, back: str) -> HttpResponse:
    """Of a share that does not exist yet."""
    return show(request, share, [shown(request, share, each) for each in credentials], back=back)


def show(request: PersonRequest, share: Share, documents: list[ShownDocument], *, back: str) -> HttpResponse:
    context = {"share": share, "documents": documents, "back": back, "now": timezone.now()}
    return render(request, "learner/preview.html", context)


def shown(request: PersonRequest, share: Share, credential: Credential) -> ShownDocument:
    at, found = OwnAddresses(), contents.of_owner(request.person, credential.pk)
    sizes = found.page_sizes() if found else {}
    numbers = range(1, found.page_count + 1) if found else ()
    key = credential.pk
    return ShownDocument(
        credential=credential,
        title=credential.title(language()),
        issuer=credential.issuer.name(language()),
        status=credential.status,
        version=found.version if found else None,
        pages=[ShownPage(n, at.page(key, n), at.text(key, n), None, *sizes.get(n, LETTER)) for n in numbers],
        file_url=at.file(key) if found and share.may_download else None,
        print_url=at.print_sheet(key),
    )
