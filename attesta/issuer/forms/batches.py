"""What staff say when they hand a batch in, and which of its problems they look at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attesta.credentials.batches import problems
from attesta.credentials.batches.rules import MAX_BYTES, Form, Refusal
from attesta.credentials.models import Template
from attesta.credentials.rules import Refused
from attesta.issuer.filters import DayField
from attesta.issuer.forms.choices import explained
from attesta.issuer.kinds import kind_word
from attesta.organizations.days import beginning, today
from attesta.organizations.models import Organization
from attesta.web.filters import Filter

FORMS: dict[str, tuple[Promise, Promise]] = {
    Form.CSV.value: (
        gettext_lazy("A table (CSV) and a template"),
        gettext_lazy("One line a document. The documents are composed here."),
    ),
    Form.ZIP.value: (
        gettext_lazy("PDFs in a ZIP file"),
        gettext_lazy("With index.csv, which says whose document each PDF is."),
    ),
    Form.PESC.value: (
        gettext_lazy("PESC transcripts and a template"),
        gettext_lazy("An XML file, or several in a ZIP file: PESC College Transcript 1.3 to 1.8."),
    ),
}
FIELDS = {
    Refusal.EMPTY: "file",
    Refusal.TOO_LARGE: "file",
    Refusal.TEMPLATE_MISSING: "template",
    Refusal.TEMPLATE_UNUSABLE: "template",
    Refusal.TEMPLATE_NO_TRANSCRIPT: "template",
}


class TemplateChoice(forms.ModelChoiceField[Template]):
    def label_from_instance(self, template: Template) -> str:
        return f"{template.name} ({kind_word(template.kind)})"


class HandInForm(forms.Form):
    """``quiet`` and ``release_on`` are worded as for a single document."""

    form = forms.ChoiceField(
        label=gettext_lazy("What do you hand in?"),
        choices=[(form, explained(*words)) for form, words in FORMS.items()],
        initial=Form.CSV.value,
        widget=forms.RadioSelect(attrs={"class": "choices-cards"}),
    )
    template = TemplateChoice(
        label=gettext_lazy("Template"),
        queryset=Template.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose a template"),
        help_text=gettext_lazy("How the documents look. PDFs in a ZIP file need none."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.zip,.xml,text/csv,application/zip,application/xml"}),
    )
    release_on = DayField(
        label=gettext_lazy("Release on"),
        required=False,
        help_text=gettext_lazy("The learners see their documents and are told from this day on. Leave empty: at once."),
    )
    quiet = forms.BooleanField(
        label=gettext_lazy("Send the learners no email"),
        required=False,
        help_text=gettext_lazy("For when you tell them yourself. The documents are there all the same."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, issuer: Organization, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.fields["template"].queryset = in_use(issuer)  # type: ignore[attr-defined]
        most = min(MAX_BYTES, settings.UPLOADS["/issuer/"]) // settings.MEBIBYTE
        self.fields["file"].help_text = (
            _("%(most)s MB and 20,000 documents at most. It is kept encrypted until the batch is over.")
        ) % {"most": most}

    def clean_release_on(self) -> date | None:
        day: date | None = self.cleaned_data["release_on"]
        if day and day <= today():
            raise forms.ValidationError(_("Choose a later day, or leave it empty to release it at once."))
        return day

    def clean(self) -> dict[str, Any]:
        """PDFs need no template: one that was left in the list is not meant."""
        cleaned = super().clean() or {}
        if cleaned.get("form") == Form.ZIP:
            cleaned["template"] = None
        elif "form" in cleaned and not cleaned.get("template") and "template" not in self.errors:
            self.add_error("template", _("Choose the template that these documents are made with."))
        if self.errors and self.files:
            self.add_error("file", _("Choose the file again: it is not kept while something else is wrong."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """As ``batches.actions.hand_in`` takes them. Only of a valid form."""
        values, file = self.cleaned_data, self.cleaned_data["file"]
        return {
            "form": values["form"],
            "template": values["template"],
            "file": file.read(),
            "file_name": file.name,
            "quiet": values["quiet"],
            "release_at": self.release_at,
        }

    @property
    def release_at(self) -> datetime | None:
        """The first moment of that day, where the institutions are."""
        day: date | None = self.cleaned_data["release_on"]
        return beginning(day) if day else None

    def complain(self, problem: Refused) -> None:
        field = FIELDS.get(Refusal(problem.code)) if problem.code in Refusal else None
        self.add_error(field, str(problem))


def in_use(issuer: Organization) -> Any:
    return Template.objects.filter(issuer=issuer, retired_at=None).order_by("name")


class ProblemFilter(Filter):
    """``codes``: those that the batch has, with how often each."""

    code = forms.ChoiceField(label=gettext_lazy("Problem"), required=False)
    column = forms.ChoiceField(label=gettext_lazy("Column"), required=False)

    def __init__(self, data: Any, *, codes: dict[str, int], columns: dict[str, int]) -> None:
        super().__init__(data)
        everything = ("", _("All"))
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            everything, *((code, f"{problems.sentence(code)} ({count})") for code, count in codes.items())
        ]  # fmt: skip
        self.fields["column"].choices = [  # type: ignore[attr-defined]
            everything, *((column, f"{column} ({count})") for column, count in columns.items() if column)
        ]  # fmt: skip

    @property
    def narrows(self) -> bool:
        return bool(self.value("code") or self.value("column"))

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self["code"], self["column"]]
