"""What happened to a share: on its page, by key, and as a file (guide step 04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attesta.activity.models import Line
from attesta.activity.querysets import COUNT_CAP, History, Place
from attesta.activity.verbs import Verb
from attesta.learner import days, files, spreadsheets
from attesta.learner.filters import ActivityFilter, name_of
from attesta.shares import history
from attesta.shares.models import Share
from attesta.web import dates
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.sentences import performed_by, recipient, sentence

SIZE = 20
CHART_DAYS = 30
CHART_LINES = 1000
BATCH = 500


@dataclass(frozen=True, slots=True)
class Event:
    """A line in words."""

    at: datetime
    description: str
    performed_by: str
    recipient: str


def reading(share: Share, credential_ids: Sequence[UUID], chosen: ActivityFilter) -> dict[str, Any]:
    """What the share's page tells: one page of events, their number, and views by day."""
    told = History(share.id, credential_ids, share.created_at, chosen.verbs, chosen.value("q"))
    lines, older = told.page(size=SIZE, before=chosen.before)
    total = told.count()
    return {
        "filter": chosen,
        "events": [event(line) for line in lines],
        "older": name_of(older),
        "total": min(total, COUNT_CAP),
        "total_is_more": total > COUNT_CAP,
        "views_by_day": views_by_day(share) if share.consultations else [],
    }


def event(line: Line) -> Event:
    return Event(line.at, sentence(line), performed_by(line), recipient(line))


def views_by_day(share: Share) -> list[tuple[date, int]]:
    """Consultations of the last days, gaps as 0. Reads a bounded number of lines: a busy share's chart is shorter."""
    since = days.closing(days.today() - timedelta(days=CHART_DAYS))
    rows = Line.objects.filter(share_id=share.id, at__gte=since).order_by("-at", "-id")
    lines = list(rows.values_list("at", "verb")[:CHART_LINES])
    counts = Counter(timezone.localtime(at).date() for at, verb in lines if verb == Verb.OPENED)
    first = timezone.localtime(since).date()
    if len(lines) == CHART_LINES:  # the oldest day read may be cut: leave it out
        first = timezone.localtime(lines[-1][0]).date() + timedelta(days=1)
    span = (days.today() - first).days + 1
    return [(day, counts[day]) for day in (first + timedelta(days=n) for n in range(span))]


@require_safe
@signed_in
def export(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Everything, page views and automatic checks included, as a spreadsheet reads it; sent while it is read."""
    share = get_object_or_404(Share.objects.owned_by(request.person), pk=pk)
    language = translation.get_language() or "fr"
    content = stream(history.of(share), language, request.person.zone)
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=files.GUARD)
    response.headers["Content-Disposition"] = files.disposition(f"{_('Activity')} – {share.name}.csv")
    return response


def stream(told: History, language: str, zone: ZoneInfo) -> Iterator[str]:
    """The body is made after the request's own language and zone have been put away: set them for each part."""
    yield spreadsheets.BYTE_ORDER_MARK
    with translation.override(language):
        head = spreadsheets.row([_("Date"), _("Description"), _("Performed by"), _("Recipient")])
    yield head
    before: Place | None = None
    while True:
        lines, before = told.page(size=BATCH, before=before)
        with translation.override(language), timezone.override(zone):
            part = "".join(spreadsheets.row(cells(event(line))) for line in lines)
        yield part
        if before is None:
            return


def cells(told: Event) -> list[str]:
    return [dates.moment(told.at), told.description, told.performed_by, told.recipient]
