"""A template's fields as a form: one field a column, and a transcript's courses row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attesta.credentials.batches import problems
from attesta.credentials.composing import fields as composing
from attesta.credentials.composing import printing
from attesta.credentials.composing.columns import Column
from attesta.credentials.composing.columns import Form as Written
from attesta.credentials.composing.kinds import DocumentKind
from attesta.issuer.filters import DayInput
from attesta.issuer.forms.issuing import DocumentForm, Group, UpdateForm
from attesta.web.languages import language

COURSE = {
    "term": gettext_lazy("Term"),
    "course_code": pgettext_lazy("course", "Code"),
    "course_title_fr": gettext_lazy("French title"),
    "course_title_en": gettext_lazy("English title"),
    "course_credits": gettext_lazy("Credits"),
    "grade": gettext_lazy("Grade"),
    "points": gettext_lazy("Points"),
}
"""What one course is asked for here; the other columns of courses are a batch's."""

SAYS = gettext_lazy("What it says")
FIRST_COURSES = 6
MORE_COURSES = 6
MOST_COURSES = 60
DAY = re.compile(r", (AAAA-MM-JJ|YYYY-MM-DD)")
"""How a day is written in a cell; here a calendar asks for it."""


class Composed(forms.Form):
    """Mixed into a form about a document: the columns of ``kind``. ``document`` is what they say, once valid."""

    kind: DocumentKind
    document: composing.Fields | None = None

    def add_columns(self, kind: DocumentKind, data: Mapping[str, Any] | None) -> None:
        self.kind = kind
        self.columns = [
            each for each in composing.columns(kind) if not each.per_course and each.form is not Written.JSON
        ]
        self.courses = [each for each in composing.columns(kind) if each.name in COURSE and each.per_course]
        for column in self.columns:
            self.fields[column.name] = field_of(column)
        self.count = course_count(data) if self.courses else 0
        for number in range(self.count):
            for column in self.courses:
                self.fields[course_name(number, column)] = field_of(column, number + 1)

    @property
    def course_rows(self) -> list[list[forms.BoundField]]:
        return [[self[course_name(number, column)] for column in self.courses] for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        filled = [number for number in range(self.count) if any(self.typed(number).values())]
        try:
            self.document = composing.read_rows(self.kind, list(self.rows(filled)))
        except composing.FieldProblems as found:
            for problem, row in zip(found.problems, found.rows, strict=True):
                self.complain(problem.column, problem.code, filled[row] if row < len(filled) else 0)
            return cleaned
        for place, _character in printing.unprintable(self.document):
            self.complain(place, "unprintable", 0)
        return cleaned

    def rows(self, filled: list[int]) -> Iterator[dict[str, str]]:
        """The document's own columns stand in the first row."""
        own = {column.name: str(self.data.get(column.name) or "") for column in self.columns}
        yield own | (self.typed(filled[0]) if filled else {})
        yield from (self.typed(number) for number in filled[1:])

    def typed(self, number: int) -> dict[str, str]:
        return {each.name: str(self.data.get(course_name(number, each)) or "").strip() for each in self.courses}

    def complain(self, column: str, code: str, row: int) -> None:
        """Beside the field, or above all fields when it has none here. What is wrong already is not told twice."""
        name = next((name for name in (column, f"course-{row}-{column}") if name in self.fields), None)
        if name is None or name not in self.errors:
            self.add_error(name, problems.sentence(code))


class ComposedForm(Composed, DocumentForm):
    """A new document."""

    content = (SAYS, ())

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: DocumentKind, **options: Any) -> None:
        super().__init__(data, **options)
        help_text = self.fields["learner_name"].help_text
        self.add_columns(kind, data)
        self.fields["learner_name"].label = _("The learner’s name")
        self.fields["learner_name"].help_text = help_text

    @property
    def groups(self) -> list[Group]:
        return without_courses(super().groups)


class ComposedUpdateForm(Composed, UpdateForm):
    """A corrected document, composed anew."""

    template_name = "issuer/issue/fields.html"
    courses_after = 1

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: DocumentKind, **options: Any) -> None:
        super().__init__(data, **options)
        self.add_columns(kind, data)

    @property
    def groups(self) -> list[Group]:
        own = [self[column.name] for column in self.columns]
        return [Group(SAYS, own), Group(_("The update"), [self["reason"], self["issued_on"]])]


def without_courses(groups: list[Group]) -> list[Group]:
    return [Group(each.title, [f for f in each.fields if not f.name.startswith("course-")]) for each in groups]


def field_of(column: Column, course: int = 0) -> forms.CharField:
    """Read by ``composing.read_rows``, whose complaints are the form's: here nothing is asked but a length."""
    said = column.help(language()).split(". ")[0].rstrip(".")
    label = DAY.sub("", said) if column.form is Written.DATE else said
    shown = "" if column.form is Written.DATE else column.example
    example = _("For example: %(example)s") % {"example": shown} if shown else ""
    field = forms.CharField(
        label=label,
        required=column.required and not course,
        max_length=max(column.longest, 200),
        widget=widget_of(column),
        help_text="" if course else example,
    )
    if course:
        short = COURSE[column.name]
        field.label = _("Course %(number)s: %(label)s") % {"number": course, "label": short}
        field.short_label = short  # type: ignore[attr-defined]
        field.widget.attrs["placeholder"] = column.example
    return field


def widget_of(column: Column) -> forms.Widget:
    attrs = {"autocomplete": "off"} | ({"lang": column.name[-2:]} if column.name.endswith(("_fr", "_en")) else {})
    match column.form:
        case Written.PARAGRAPHS:
            return forms.Textarea(attrs=attrs | {"rows": 4})
        case Written.DATE:
            return DayInput()
        case Written.NUMBER:
            return forms.TextInput(attrs=attrs | {"inputmode": "decimal"})
        case _:
            return forms.TextInput(attrs=attrs)


def course_name(number: int, column: Column) -> str:
    return f"course-{number}-{column.name}"


def course_count(data: Mapping[str, Any] | None) -> int:
    said = str((data or {}).get("courses") or "")
    return min(int(said), MOST_COURSES) if re.fullmatch(r"[1-9][0-9]?", said, re.ASCII) else FIRST_COURSES
