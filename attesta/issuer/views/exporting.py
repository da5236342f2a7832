"""A list of documents as a spreadsheet, sent while it is read. That it left the house is written down first."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attesta.activity import spreadsheets
from attesta.credentials import links
from attesta.credentials.actions import disclosing
from attesta.credentials.models import Credential
from attesta.credentials.searching import Found
from attesta.issuer.filters import DocumentFilter
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.views.documents import find, listed
from attesta.organizations.rules import Act
from attesta.web import files
from attesta.web.downloads import disposition
from attesta.web.languages import language
from attesta.web.statuses import look

BATCH = 500


@require_POST
@staff(Act.EXPORT, button=True)
def export(request: StaffRequest) -> HttpResponseBase:
    chosen = DocumentFilter(request.GET)
    disclosing.exported(issuer=request.organization, by=request.person, query=chosen.query)
    content = stream(find(request.organization, chosen), chosen, language())
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=files.GUARD)
    name = f"{_('Documents')} – {request.organization.name(language())} – {timezone.localdate()}.csv"
    response.headers["Content-Disposition"] = disposition(name)
    return response


def stream(found: Found, chosen: DocumentFilter, words: str) -> Iterator[str]:
    """The body is made after the request's own language has been put away: set it for each part."""
    yield spreadsheets.BYTE_ORDER_MARK
    with translation.override(words):
        head = spreadsheets.row(heads())
    yield head
    after: UUID | None = None
    while True:
        page = listed(found, chosen, size=BATCH, after=after)
        with translation.override(words):
            part = "".join(spreadsheets.row(cells(credential)) for credential in page.rows)
        yield part
        after = page.older
        if after is None:
            return


def heads() -> list[str]:
    return [
        *(_("Document number"), _("Title in French"), _("Title in English"), _("Learner"), _("Email address")),
        *(_("Issued"), _("Expires"), _("Status"), _("Versions"), _("Claimed"), _("Verification")),
    ]


def cells(credential: Credential) -> list[str]:
    """Days as spreadsheets sort them."""
    claimed = timezone.localdate(credential.claimed_at) if credential.claimed_at else None
    days = [credential.issued_on, credential.expires_on, claimed]
    issued, expires, claim = (day.isoformat() if day else "" for day in days)
    return [
        *(credential.number, credential.title_fr, credential.title_en),
        *(credential.learner_name, credential.learner_email, issued, expires),
        *(str(look(credential.status, "credential").word), str(credential.latest), claim),
        links.verification(credential.code) if credential.code else "",
    ]
