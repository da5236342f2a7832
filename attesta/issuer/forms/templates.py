"""A template as staff fill it in: one page of fields, in groups; the kind decides which wordings there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attesta.credentials.actions.templates import NAME_LENGTH, TEXT_LENGTH, Invalid, TemplateDraft
from attesta.credentials.composing import crests, words
from attesta.credentials.composing.design import Design, Paper
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Template
from attesta.credentials.rules import TITLE_LENGTH

LANGUAGES = [("fr", gettext_lazy("French first")), ("en", gettext_lazy("English first"))]
PAPERS = [(Paper.LETTER.value, pgettext_lazy("paper", "Letter")), (Paper.A4.value, gettext_lazy("A4"))]
SIGNATORIES = 2
ALONE = {"name", "crest_file", "remove_crest", "ring", "grades"}
AMONG_WORDS = {"place_fr", "place_en", "remark_fr", "remark_en", "grades"}
PRINTED_TITLES = ("title_fr", "title_en")
"""Wordings that are the template's titles: the page asks for them once."""

WORDINGS = {
    "confers_fr": gettext_lazy("Opening, in French"),
    "confers_en": gettext_lazy("Opening, in English"),
    "award_fr": gettext_lazy("Before the degree, in French"),
    "award_en": gettext_lazy("Before the degree, in English"),
    "rights_fr": gettext_lazy("After the degree, in French"),
    "rights_en": gettext_lazy("After the degree, in English"),
    "given_fr": gettext_lazy("Place and date, in French"),
    "given_en": gettext_lazy("Place and date, in English"),
    "text_fr": gettext_lazy("Text, in French"),
    "text_en": gettext_lazy("Text, in English"),
}


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    help: str | Promise
    fields: list[forms.BoundField]

    @property
    def placed(self) -> list[tuple[forms.BoundField, bool]]:
        """Each field, and whether it takes the whole width: both languages stand side by side, others alone."""
        return [(field, field.name in ALONE or field.name.endswith("_name")) for field in self.fields]


class GradesField(forms.CharField):
    """The legend of a transcript: one grade a line, its points and its meanings parted by semicolons."""

    PARTS = ("grade", "points", "meaning_fr", "meaning_en")

    def __init__(self) -> None:
        super().__init__(
            label=_("Legend of grades"),
            required=False,
            max_length=10_000,
            help_text=_("One grade a line: grade; points; meaning in French; meaning in English. Points may be empty."),
            widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        )

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        return [self._grade(line) for line in lines]

    def _grade(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(";")]
        if len(parts) != len(self.PARTS) or not all(parts[each] for each in (0, 2, 3)):
            told = {"line": line[:60]}
            raise forms.ValidationError(_("This line does not have the four parts: %(line)s") % told)
        return dict(zip(self.PARTS, parts, strict=True))

    @classmethod
    def written(cls, grades: Any) -> str:
        return "\n".join("; ".join(str(grade.get(part) or "") for part in cls.PARTS) for grade in grades)


class ColourInput(forms.TextInput):
    input_type = "color"


def text(label: Any, longest: int = TEXT_LENGTH, *, required: bool = False, help: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help)


class TemplateForm(forms.Form):
    """``crest`` carries the drawing from page to page, since browsers forget a file that was chosen."""

    template_name = "issuer/templates/fields.html"

    version = forms.IntegerField(widget=forms.HiddenInput)
    crest = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    name = text(
        gettext_lazy("Name"),
        NAME_LENGTH,
        required=True,
        help=gettext_lazy("How your colleagues find it. Never printed."),
    )
    title_fr = text(gettext_lazy("Title in French"), TITLE_LENGTH, required=True)
    title_en = text(
        gettext_lazy("Title in English"),
        TITLE_LENGTH,
        required=True,
        help=gettext_lazy("What learners and recipients read in their lists."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Languages"), choices=LANGUAGES, widget=forms.RadioSelect(attrs={"class": "choices-row"})
    )
    accent = forms.CharField(label=gettext_lazy("Main colour"), widget=ColourInput, max_length=7)
    warm = forms.CharField(label=gettext_lazy("Second colour"), widget=ColourInput, max_length=7)
    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=PAPERS, widget=forms.RadioSelect(attrs={"class": "choices-row"})
    )
    crest_file = forms.FileField(
        label=gettext_lazy("Crest"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}),
        help_text=gettext_lazy(
            "A drawing as SVG, 256 KB at most, letters as outlines. Without one, the institution’s initials are drawn."
        ),
    )
    remove_crest = forms.BooleanField(label=gettext_lazy("Remove the crest"), required=False)
    ring = forms.BooleanField(label=gettext_lazy("Draw the institution’s name in a ring around it"), required=False)
    founded = text(gettext_lazy("Under the crest"), help=gettext_lazy("The year of foundation, for example."))
    place_fr = text(gettext_lazy("Place, in French"), help=gettext_lazy("Where documents are issued."))
    place_en = text(gettext_lazy("Place, in English"))
    remark_fr = text(gettext_lazy("Remark at the foot, in French"))
    remark_en = text(gettext_lazy("Remark at the foot, in English"))

    def __init__(self, data: Any = None, files: Any = None, *, template: Template) -> None:
        self.template, self.kind = template, DocumentKind(template.kind)
        super().__init__(data, files, initial=initial_of(template))
        self._add_wordings()
        self._add_signatories()
        self.order_fields([name for name in self.fields if name not in AMONG_WORDS])

    def _add_wordings(self) -> None:
        for name in wordings(self.kind):
            rows = 6 if name.startswith("text") else 2
            self.fields[f"wording_{name}"] = forms.CharField(
                label=WORDINGS.get(name, name),
                max_length=words.LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

        if self.kind is DocumentKind.TRANSCRIPT:
            self.fields["grades"] = GradesField()

    def _add_signatories(self) -> None:
        for number in range(1, SIGNATORIES + 1):
            told = {"number": number}
            self.fields[f"signatory{number}_name"] = text(_("Signatory %(number)s: name") % told)
            self.fields[f"signatory{number}_role_fr"] = text(_("Signatory %(number)s: position, in French") % told)
            self.fields[f"signatory{number}_role_en"] = text(_("Signatory %(number)s: position, in English") % told)

    @property
    def crest_now(self) -> str:
        """The drawing as it stands on the page."""
        return str(self.data.get("crest", "") if self.is_bound else self.initial["crest"])

    @property
    def groups(self) -> list[Group]:
        """Fields as they are laid out."""
        parted = [
            (_("Names"), "", ("name", "title_fr", "title_en")),
            (_("Look"), "", ("accent", "warm", "language", "paper", "crest_file", "remove_crest", "ring", "founded")),
            (
                _("Words"),
                _("An empty field is printed in the usual words. What stands in braces is replaced; see below.")
                if wordings(self.kind)
                else "",
                [name for name in self.fields if name.startswith("wording_") or name in AMONG_WORDS],
            ),
            (
                _("Signatures"),
                _("Who signs: name and position."),
                [n for n in self.fields if n.startswith("signatory")],
            ),
        ]
        return [
            Group(title, help, [self[name] for name in names if name != "remove_crest" or self.crest_now])
            for title, help, names in parted
        ]

    def clean_crest_file(self) -> str:
        """The drawing as text, or nothing."""
        file = self.cleaned_data["crest_file"]
        if file is None:
            return ""
        drawing: bytes = file.read(crests.MOST_BYTES + 1)
        if problem := crests.problem(drawing):
            raise forms.ValidationError(sentence(f"crest-{problem}"))
        try:
            return drawing.decode()
        except UnicodeDecodeError:
            raise forms.ValidationError(sentence("crest-not-svg")) from None

    def clean(self) -> dict[str, Any]:
        """What was just chosen comes first and is kept on the page."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("crest_file") or ("" if cleaned.get("remove_crest") else cleaned.get("crest", ""))
        if chosen != self.data.get("crest"):
            kept = {name: value for name, value in self.data.items() if name != "remove_crest"}
            self.data = {**kept, "crest": chosen}
        cleaned["crest"] = chosen
        return cleaned

    def draft(self) -> TemplateDraft:
        """Only of a valid form."""
        values = self.cleaned_data
        kept = ("language", "accent", "warm", "paper", "ring", "founded", "place_fr", "place_en")
        design = {name: values[name] for name in (*kept, "remark_fr", "remark_en", "crest")}
        design["signatories"] = self._signatories()
        if "grades" in values:
            design["grades"] = values["grades"]
        design["wording"] = self._wording()
        return TemplateDraft(values["name"], values["title_fr"], values["title_en"], design)

    def _wording(self) -> dict[str, str]:
        """What differs from the usual words; a printed title is the template's own."""
        said = {name: self.cleaned_data[f"wording_{name}"].strip() for name in wordings(self.kind)}
        usual = words.DEFAULTS[self.kind]
        titles = {name: self.cleaned_data[name] for name in PRINTED_TITLES if name in usual}
        return {name: text for name, text in {**titles, **said}.items() if text and text != usual[name]}

    def _signatories(self) -> list[dict[str, str]]:
        """A drawing of the hand stays with its name."""
        hands = {each["name"]: each.get("signature") for each in self.template.design.get("signatories", [])}
        found = []
        for number in range(1, SIGNATORIES + 1):
            parts = {part: self.cleaned_data[f"signatory{number}_{part}"] for part in ("name", "role_fr", "role_en")}
            if any(parts.values()):
                hand = hands.get(parts["name"])
                found.append({**parts, **({"signature": hand} if hand else {})})
        return found

    def complain(self, problem: Invalid) -> None:
        """Put what the action refused beside its field."""
        for field, code in problem.problems:
            shown = "crest_file" if field == "crest" else field
            self.add_error(shown if shown in self.fields else None, sentence(code))


def wordings(kind: DocumentKind) -> list[str]:
    return [name for name in words.DEFAULTS[kind] if name not in PRINTED_TITLES]


def initial_of(template: Template) -> dict[str, Any]:
    design: Mapping[str, Any] = template.design
    usual = Design(name_fr="", name_en="")
    kind = DocumentKind(template.kind)
    initial = {
        "version": template.version,
        "name": template.name,
        "title_fr": template.title_fr or words.DEFAULTS[kind].get("title_fr", ""),
        "title_en": template.title_en or words.DEFAULTS[kind].get("title_en", ""),
        "crest": design.get("crest") or "",
        "ring": design.get("ring", True),
        "paper": design.get("paper", usual.paper.value),
    }
    for name in ("language", "accent", "warm", "founded", "place_fr", "place_en", "remark_fr", "remark_en"):
        initial[name] = design.get(name) or getattr(usual, name)
    said = design.get("wording", {})
    initial |= {f"wording_{name}": said.get(name) or words.DEFAULTS[kind][name] for name in wordings(kind)}
    initial["grades"] = GradesField.written(design.get("grades", []))
    for number, signatory in enumerate(design.get("signatories", [])[:SIGNATORIES], start=1):
        initial |= {f"signatory{number}_{part}": signatory.get(part, "") for part in ("name", "role_fr", "role_en")}
    return initial


def sentence(code: str) -> str:
    """What is wrong, and what to do."""
    return {
        "missing": _("Fill this in too: the other fields of the same line are."),
        "too-long": _("This text is too long. Shorten it."),
        "taken": _("Another template has this name. Choose another one."),
        "points-invalid": _("The points of a grade are a number such as 4 or 3.7."),
        "colour-invalid": _("Choose a colour such as #1d3557."),
        "unprintable": _("A character of this text cannot be printed with the typefaces at hand. Replace it."),
        "wording-too-long": _("This text is too long. Shorten it."),
        "wording-placeholder-unknown": _("A name in braces is not known. The known ones are listed below."),
        "crest-too-large": _("The drawing is too large. Simplify it: 256 KB at most."),
        "crest-not-svg": _("This file is not an SVG drawing. Export the crest as SVG."),
        "crest-without-size": _("The drawing does not say how large it is. Export it with a view box."),
        "crest-text": _("The drawing holds letters. Convert them to outlines, so that they look the same everywhere."),
        "crest-active": _("The drawing holds a program or a style sheet. Export it as a plain drawing."),
        "crest-outside": _("The drawing refers to a file outside of it. Export it with everything inside."),
        "crest-foreign": _("The drawing holds something else than lines and shapes. Export it as a plain drawing."),
    }.get(code, _("This cannot be used as it is. Check what you entered."))
