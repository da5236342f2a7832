"""What staff type to issue a document: for whom and when; and either a PDF with its titles, or a template's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attesta.accounts.words import tidy
from attesta.credentials import rules
from attesta.credentials.models import Credential
from attesta.issuer.filters import DayField
from attesta.organizations.days import beginning, today


class PdfField(forms.FileField):
    """Its bytes stay in memory. What is in it is examined by the view, which keeps it for the review."""

    def __init__(self, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": "application/pdf,.pdf"})
        super().__init__(widget=widget, allow_empty_file=True, **options)


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    fields: list[forms.BoundField]


LEARNER = (gettext_lazy("For whom"), ("learner_name", "learner_email"))
DATES = (gettext_lazy("Number and dates"), ("number", "issued_on", "expires_on"))
LETTER = (gettext_lazy("When and how its learner is told"), ("release_on", "quiet"))


class GroupedForm(forms.Form):
    """Fields in titled groups; whatever no group names stands in the second."""

    template_name = "issuer/issue/fields.html"
    courses_after = 2
    content: tuple[str | Promise, tuple[str, ...]] = ("", ())

    @property
    def groups(self) -> list[Group]:
        known = {name for _title, names in (LEARNER, DATES, LETTER) for name in names}
        title, first = self.content
        rest = (*first, *(name for name in self.fields if name not in known and name not in first))
        return [
            Group(title, fields)
            for title, names in (LEARNER, (title, rest), DATES, LETTER)
            if (fields := [self[name] for name in names if name in self.fields])
        ]


class DocumentForm(GroupedForm):
    """What every new document has."""

    learner_name = forms.CharField(
        label=gettext_lazy("The learner’s name"),
        required=False,
        max_length=rules.NAME_LENGTH,
        help_text=gettext_lazy("As it stands on the document."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    learner_email = forms.EmailField(
        label=gettext_lazy("The learner’s email address"),
        max_length=rules.EMAIL_LENGTH,
        help_text=gettext_lazy("Whoever confirms this address receives the document."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Document number"),
        required=False,
        max_length=rules.NUMBER_LENGTH,
        help_text=gettext_lazy("Your own number. No two documents of the institution have the same one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    issued_on = DayField(label=gettext_lazy("Date of issue"))
    expires_on = DayField(
        label=gettext_lazy("The credential expires on"),
        required=False,
        help_text=gettext_lazy("The first day on which it is no longer current. Leave empty: it never expires."),
    )
    release_on = DayField(
        label=gettext_lazy("Release on"),
        required=False,
        help_text=gettext_lazy("The learner sees it and is told from this day on. Leave empty: at once."),
    )
    quiet = forms.BooleanField(
        label=gettext_lazy("Send the learner no email"),
        required=False,
        help_text=gettext_lazy("For when you tell them yourself. The document is there all the same."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and rules.issued_in_future(issued, today()):
            self.add_error("issued_on", _("The date of issue lies in the future."))
        if issued and expires and expires <= issued:
            self.add_error("expires_on", _("The document would expire on or before its date of issue."))
        released = cleaned.get("release_on")
        if released and released <= today():
            self.add_error("release_on", _("Choose a later day, or leave it empty to release it at once."))
        return cleaned

    @property
    def release_at(self) -> datetime | None:
        """The first moment of that day, where the institutions are."""
        day: date | None = self.cleaned_data["release_on"]
        return beginning(day) if day else None

    def values(self) -> dict[str, Any]:
        """As ``credentials.actions.issue`` and ``issue_composed`` take them. Only of a valid form."""
        names = ("learner_name", "learner_email", "number", "issued_on", "expires_on", "quiet")
        return {name: self.cleaned_data[name] for name in names} | {"release_at": self.release_at}


class PdfForm(DocumentForm):
    content = (gettext_lazy("The document"), ("pdf", "title_fr", "title_en"))

    pdf = PdfField(
        label=gettext_lazy("PDF"),
        help_text=gettext_lazy("At most 25 MB and 500 pages, without a password. It leaves sealed by the institution."),
    )
    title_fr = forms.CharField(
        label=gettext_lazy("Title in French"),
        max_length=rules.TITLE_LENGTH,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"),
        max_length=rules.TITLE_LENGTH,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, kept: bool = False, **options: Any) -> None:
        """``kept``: a PDF was handed in before; another one is optional."""
        super().__init__(data, **options)
        if kept:
            self.fields["pdf"].required = False
            self.fields["pdf"].label = _("Another PDF instead")

    def values(self) -> dict[str, Any]:
        return super().values() | {name: self.cleaned_data[name] for name in ("title_fr", "title_en")}


class UpdateForm(forms.Form):
    """``version``: the document's, when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the update"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The learner reads it; so do recipients and whoever verifies an older version."),
    )
    issued_on = DayField(label=gettext_lazy("Date of issue of the new version"))

    def clean_issued_on(self) -> date:
        issued: date = self.cleaned_data["issued_on"]
        if rules.issued_in_future(issued, today()):
            raise forms.ValidationError(_("The date of issue lies in the future."))
        return issued


CORRECTED = ("learner_name", "title_fr", "title_en")
"""What an update may put right of the document itself."""


class PdfUpdateForm(UpdateForm):
    pdf = PdfField(
        label=gettext_lazy("The corrected PDF"),
        help_text=gettext_lazy("At most 25 MB and 500 pages, without a password. It leaves sealed by the institution."),
    )
    learner_name = forms.CharField(
        label=gettext_lazy("The learner’s name"),
        required=False,
        max_length=rules.NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title_fr = forms.CharField(
        label=gettext_lazy("Title in French"),
        required=False,
        max_length=rules.TITLE_LENGTH,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"),
        required=False,
        max_length=rules.TITLE_LENGTH,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    field_order = ("version", "pdf", *CORRECTED)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, credential: Credential, kept: bool = False, **options: Any
    ) -> None:
        super().__init__(data, **options)
        for name in CORRECTED:
            self.fields[name].help_text = keeping(getattr(credential, name))
        if kept:
            self.fields["pdf"].required = False
            self.fields["pdf"].label = _("Another PDF instead")

    def clean(self) -> dict[str, Any]:
        """The review shows what is kept: without what nobody sees."""
        cleaned = super().clean() or {}
        return cleaned | {name: tidy(cleaned[name]) for name in CORRECTED if name in cleaned}

    def corrections(self) -> dict[str, Any]:
        """As ``credentials.actions.update`` takes them. Only of a valid form."""
        return {name: self.cleaned_data[name] for name in CORRECTED}


def keeping(now: str) -> str:
    return _("Now: %(now)s. Leave empty to keep it.") % {"now": now} if now else _("None so far. Leave empty for none.")
