"""A share's activity on paper: a PDF to keep, or to show to someone else (guide step 04)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from attesta.accounts import zones
from attesta.credentials.typesetting import Failed, typeset
from attesta.learner.gates import owned
from attesta.learner.views import activity
from attesta.shares import history, rules
from attesta.shares.models import Item, Share
from attesta.web import dates, files, statuses
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language
from attesta.web.templatetags.attesta import or_na

SHEET = "learner/sheets/activity.typ"
MOST = 1000
"""Lines on paper; a spreadsheet holds any number."""


@require_safe
@signed_in
def export(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Everything, page views and automatic checks included; of a long history the newest."""
    found = owned(request, pk)
    try:
        pdf = typeset(SHEET, said(found), at=timezone.now())
    except Failed:
        messages.error(
            request, _("The PDF could not be made. The CSV file tells the same: try that, or try again later.")
        )
        return redirect("learner:share", pk)
    return files.download(pdf, files.PDF, f"{title(found)}.pdf")


def title(found: Share) -> str:
    return f"{_('Activity')} – {found.name}"


def said(found: Share) -> dict[str, Any]:
    """What the sheet says, in the reader's language and time."""
    lines, older = history.of(found).page(size=MOST)
    events = [activity.event(line) for line in lines]
    return {
        "title": title(found),
        "language": language(),
        "facts": facts(found),
        "heading": _("View activity"),
        "total": total(len(events), more=older is not None),
        "columns": [_("Date"), _("Description"), _("Performed by"), _("Recipient")],
        "rows": [[dates.moment(each.at), each.description, each.performed_by, each.recipient] for each in events],
        "source": _("Attesta, %(site)s, as of %(moment)s")
        % {"site": settings.BASE_URL.split("://", 1)[-1], "moment": dates.moment(timezone.now())},
    }


def facts(found: Share) -> list[tuple[str, str]]:
    """Labels and values, as the share's page has them."""
    items = Item.objects.filter(share=found).select_related("credential__issuer").order_by("position")
    documents = [f"{item.credential.title(language())} ({item.credential.issuer.name(language())})" for item in items]
    state = rules.state(found.facts, timezone.now())
    return [
        (_("Recipient"), str(or_na(found.recipient))),
        (_("Reference"), str(or_na(found.reference))),
        (_("Documents"), " · ".join(documents)),
        (_("Created"), dates.day(found.created_at)),
        (_("Expiry date"), str(or_na(dates.day(found.last_day)))),
        (_("Status"), str(statuses.look(state).word)),
        (_("Views"), str(found.consultations)),
        (_("Last viewed"), str(or_na(dates.moment(found.last_consulted_at)))),
        (_("Time zone"), zones.label(timezone.get_current_timezone_name())),
    ]


def total(shown: int, *, more: bool) -> str:
    if more:
        return _("The newest 1,000 events of the history. The CSV file holds them all.")
    return ngettext("%(total)s event in the history", "%(total)s events in the history", shown) % {"total": shown}
