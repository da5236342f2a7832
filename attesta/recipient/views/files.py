"""Bytes of a visit: page pictures and the original. A HEAD would tell nothing, so only GET is served."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from attesta.recipient import ranges
from attesta.recipient.gates import admitted
from attesta.recipient.ranges import Span, Unsatisfiable
from attesta.shares import actions
from attesta.shares.actions import Admission
from attesta.vault.blobs import Missing
from attesta.web.downloads import disposition
from attesta.web.languages import language


@require_GET
@admitted
def page(request: HttpRequest, admission: Admission, credential_id: UUID, number: int) -> HttpResponse:
    try:
        image = actions.page_image(admission=admission, credential_id=credential_id, number=number)
    except Missing:
        image = None
    if image is None:
        raise Http404
    return HttpResponse(image.content, content_type=image.content_type)


@require_GET
@admitted
def file(request: HttpRequest, admission: Admission, credential_id: UUID) -> HttpResponse:
    """The original PDF, byte for byte, whole or one range of it."""
    try:
        content = actions.take_file(
            admission=admission, credential_id=credential_id, serves=lambda content: serves(request, content)
        )
    except Missing:
        content = None
    if content is None:
        raise Http404
    response = slice_of(request, content)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = disposition(f"{title(admission, credential_id)}.pdf")
    return response


def slice_of(request: HttpRequest, content: bytes) -> HttpResponse:
    """200, 206 or 416. ``If-Range`` keeps two versions of a document from being joined into one file."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    try:
        span = wanted(request, len(content), etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers = {"ETag": etag}
    if span is None:
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{len(content)}"
    return HttpResponse(content[span.start : span.end], status=206, content_type="application/pdf", headers=headers)


def serves(request: HttpRequest, content: bytes) -> bool:
    """False for a range that lies beyond the file."""
    try:
        ranges.requested(request.headers.get("Range", ""), len(content))
    except Unsatisfiable:
        return "If-Range" in request.headers
    return True


def wanted(request: HttpRequest, size: int, etag: str) -> Span | None:
    """Raises Unsatisfiable."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return ranges.requested(request.headers.get("Range", ""), size)


def title(admission: Admission, credential_id: UUID) -> str:
    titles = {each.id: each.title(language()) for each in actions.documents(admission)}
    return titles.get(credential_id, "document")
