"""What the address of a list asks for. Anything unknown means the usual: a filter never complains."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from attesta.activity.querysets import FOLDED, Place
from attesta.activity.verbs import Verb
from attesta.shares.models import Channel
from attesta.shares.rules import State
from attesta.web.filters import Filter
from attesta.web.lists import LIST
from attesta.web.paging import Run


class DocumentFilter(Filter):
    q = forms.CharField(required=False, max_length=200)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("newest", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("title", _("Title")),
            ("organization", _("Organization")),
        ],
    )
    view = forms.ChoiceField(required=False, choices=[("grid", _("Cards")), ("list", _("List"))])


class ShareFilter(Filter):
    q = forms.CharField(required=False, max_length=200)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            (State.ENABLED, _("Enabled")),
            (State.DISABLED, _("Disabled")),
            (State.EXPIRED, _("Expired")),
            (State.USED_UP, _("Limit reached")),
        ],
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        required=False,
        choices=[("", _("All")), (Channel.EMAIL, _("By email")), (Channel.LINK, _("By link"))],
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("newest", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("name", _("Name")),
            ("viewed", _("Last viewed")),
        ],
    )

    RUNS = {
        "newest": [Run("created_at")],
        "oldest": [Run("created_at", down=False)],
        "name": [Run("search", down=False)],
        "viewed": [
            Run("last_consulted_at", of="last_consulted_at"),
            Run("created_at", of="last_consulted_at", empty=True),
        ],
    }

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in ("status", "channel", "sort")]

    @property
    def runs(self) -> list[Run]:
        return self.RUNS[self.value("sort")]

    @property
    def narrows(self) -> bool:
        return any(self.value(name) for name in ("q", "status", "channel"))


KINDS = {
    "views": {Verb.OPENED, Verb.DOWNLOADED, Verb.PRINTED, Verb.PAGE_VIEWED},
    "email": {Verb.SENT, Verb.FAILED, Verb.RESENT, Verb.TOLD, Verb.CODE_SENT},
    "changes": {
        *(Verb.CREATED, Verb.EDITED, Verb.DISABLED, Verb.ENABLED, Verb.RENEWED, Verb.SHOWN, Verb.EXPIRED),
        *(Verb.UPDATED, Verb.REVOKED),
    },
    "refused": {Verb.REFUSED, Verb.WRONG_PIN, Verb.WRONG_CODE, Verb.LOCKED, Verb.ACCESS_ASKED, Verb.AUTOMATIC},
}


class ActivityFilter(Filter):
    """``all`` shows what is usually folded away: page views and automatic checks."""

    q = forms.CharField(label=_("Filter activity"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("All")),
            ("views", _("Views and downloads")),
            ("email", _("Emails")),
            ("changes", _("Changes")),
            ("refused", _("Refused attempts and requests")),
        ],
    )
    all = forms.BooleanField(required=False)

    @property
    def everything(self) -> bool:
        return self.value("all") == "True"

    @property
    def narrows(self) -> bool:
        return bool(self.value("q") or self.value("kind"))

    @property
    def verbs(self) -> frozenset[Verb] | None:
        """None for every verb."""
        kind = self.value("kind")
        asked = frozenset(KINDS[kind] if kind else Verb)
        asked -= frozenset() if self.everything else FOLDED
        return None if asked == frozenset(Verb) else asked

    @property
    def came_from(self) -> str:
        """Of the list that the share was opened from (web/lists.py)."""
        return str(self.data.get(LIST, ""))

    @property
    def before(self) -> Place | None:
        return place_of(self.data.get("before"))

    def address(self, page: str, **changes: str) -> str:
        """``page`` with this filter, from its newest line on; some of it changed, or emptied."""
        values = {"q": self.value("q"), "kind": self.value("kind"), "all": "1" if self.everything else ""}
        values |= {LIST: self.came_from} | changes
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{page}?{query}#activity" if query else f"{page}#activity"


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def place_of(text: str | None) -> Place | None:
    """A place in the history as an address names it: ``<microseconds since 1970>-<line>``."""
    found = re.fullmatch(r"([0-9]{1,17})-([0-9]{1,18})", text or "")
    return Place(EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None


def name_of(place: Place | None) -> str:
    """What ``place_of`` reads again; empty for None."""
    return f"{(place.at - EPOCH) // timedelta(microseconds=1)}-{place.id}" if place else ""
