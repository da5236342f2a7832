"""What happened to a share: on its page, by key, and as a file (guide step 04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attesta.accounts.models import Person
from attesta.activity import spreadsheets
from attesta.activity.models import Line
from attesta.activity.querysets import COUNT_CAP, History, Place
from attesta.credentials.models import Credential
from attesta.learner import days
from attesta.learner.filters import ActivityFilter, name_of
from attesta.learner.gates import owned
from attesta.learner.seeking import sought
from attesta.shares import history
from attesta.shares.models import Share
from attesta.web import files
from attesta.web.downloads import disposition
from attesta.web.gates import PersonRequest, signed_in
from attesta.web.languages import language
from attesta.web.sentences import performed_by, recipient, sentence

SIZE = 20
CHART_DAYS = 30
BATCH = 500


@dataclass(frozen=True, slots=True)
class Event:
    """A line in words."""

    at: datetime
    description: str
    performed_by: str
    recipient: str


def reading(share: Share, credentials: Sequence[Credential], owner: Person, chosen: ActivityFilter) -> dict[str, Any]:
    """What the share's page tells: one page of events, their number, and views by day."""
    wanted = sought(chosen.value("q"), share, credentials, owner)
    told = History(share.id, [each.pk for each in credentials], share.created_at, chosen.verbs, wanted)
    lines, older = told.page(size=SIZE, before=chosen.before)
    total = told.count()
    here = reverse("learner:share", args=[share.pk])
    return {
        "filter": chosen,
        "events": [event(line) for line in lines],
        "to_all": chosen.address(here, q="", kind=""),
        "to_unfolded": chosen.address(here, all="1"),
        "to_folded": chosen.address(here, all=""),
        "to_newest": chosen.address(here) if chosen.before else "",
        "to_older": chosen.address(here, before=name_of(older)) if older else "",
        "total": min(total, COUNT_CAP),
        "total_is_more": total > COUNT_CAP,
        "views_by_day": views_by_day(share) if share.consultations else [],
    }


def event(line: Line) -> Event:
    return Event(line.at, sentence(line), performed_by(line), recipient(line))


def views_by_day(share: Share) -> list[tuple[date, int]]:
    """Consultations of the last days, gaps as 0."""
    first = days.today() - timedelta(days=CHART_DAYS - 1)
    counted = dict(share.views_by_day.filter(day__gte=first).values_list("day", "consultations"))
    return [(day, counted.get(day, 0)) for day in (first + timedelta(days=n) for n in range(CHART_DAYS))]


@require_safe
@signed_in
def export(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Everything, page views and automatic checks included, as a spreadsheet reads it; sent while it is read."""
    share = owned(request, pk)
    content = stream(history.of(share), language(), request.person.zone)
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=files.GUARD)
    title = _("Activity")
    response.headers["Content-Disposition"] = disposition(f"{title} – {share.name}.csv")
    return response


def stream(told: History, words: str, zone: ZoneInfo) -> Iterator[str]:
    """The body is made after the request's own language and zone have been put away: set them for each part."""
    yield spreadsheets.BYTE_ORDER_MARK
    with translation.override(words):
        names = [_("Date"), _("Description"), _("Performed by"), _("Recipient"), _("Time zone")]
        head = spreadsheets.row(names)
    yield head
    before: Place | None = None
    while True:
        lines, before = told.page(size=BATCH, before=before)
        with translation.override(words), timezone.override(zone):
            part = "".join(spreadsheets.row([*cells(event(line)), str(zone)]) for line in lines)
        yield part
        if before is None:
            return


def cells(told: Event) -> list[str]:
    """The moment as spreadsheets sort it."""
    moment = f"{timezone.localtime(told.at):%Y-%m-%d %H:%M:%S}"
    return [moment, told.description, told.performed_by, told.recipient]
