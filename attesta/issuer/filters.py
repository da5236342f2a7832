"""What the address of staff's list of documents asks for."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from attesta.credentials.querysets import CredentialQuerySet, Held
from attesta.credentials.rules import Status, is_likely
from attesta.web.filters import Filter
from attesta.web.paging import Run


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that something is said to happen on. Who types a year of two digits gets one before 1900."""

    widget = DayInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not is_likely(value):
            raise forms.ValidationError(_("A year must lie between 1900 and 2199."))


class DocumentFilter(Filter):
    q = forms.CharField(required=False, max_length=200)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            (Status.AVAILABLE, _("Available")),
            (Status.UPDATED, _("Updated")),
            (Status.REVOKED, _("Revoked")),
            (Status.EXPIRED, _("Credential expired")),
        ],
    )
    held = forms.ChoiceField(
        label=_("With the learner"),
        required=False,
        choices=[
            ("", _("All")),
            (Held.CLAIMED, _("Claimed")),
            (Held.WAITING, _("Waiting to be claimed")),
            (Held.SCHEDULED, _("To be released later")),
        ],
    )
    since = forms.DateField(label=_("Issued from"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Issued until"), required=False, widget=DayInput)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("added", _("Last added first")),
            ("newest", _("Date of issue, newest first")),
            ("oldest", _("Date of issue, oldest first")),
        ],
    )

    RUNS = {
        "added": [Run("created_at")],
        "newest": [Run("issued_on")],
        "oldest": [Run("issued_on", down=False)],
    }
    BY_EXPIRY = [Run("expires_on")]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """What stands beside the words."""
        return [self[name] for name in ("status", "held", "since", "until", "sort")]

    def day(self, name: str) -> date | None:
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def runs(self) -> list[Run]:
        """Along an index: within days by day of issue, what has expired by expiry."""
        sort = self.value("sort")
        if sort != "added":
            return self.RUNS[sort]
        if self.day("since") or self.day("until"):
            return self.RUNS["newest"]
        return self.BY_EXPIRY if self.value("status") == Status.EXPIRED else self.RUNS[sort]

    @property
    def narrows(self) -> bool:
        return any(self.value(name) for name in ("q", "status", "held", "since", "until"))

    def narrow(self, mine: CredentialQuerySet, today: date) -> tuple[CredentialQuerySet, list[CredentialQuerySet]]:
        """``mine`` narrowed by all but the words; and by each condition alone that may be rare."""
        found, facets = mine, []
        if status := self.value("status"):
            found = found.in_status(Status(status), today)
            if status != Status.AVAILABLE:
                facets.append(mine.in_status(Status(status), today))
        if held := self.value("held"):
            found = found.held(Held(held))
            facets.append(mine.held(Held(held)))
        found = found.filter(
            **{
                f"issued_on__{side}": day
                for side, name in (("gte", "since"), ("lte", "until"))
                if (day := self.day(name))
            }
        )
        return found, facets

    @property
    def query(self) -> str:
        """As an address carries it to another page of the same list: ``?…`` or empty."""
        values = {name: self.value(name) for name in self.fields}
        kept = {name: value for name, value in values.items() if value and value != self.first(name)}
        return f"?{urlencode(kept)}" if kept else ""
