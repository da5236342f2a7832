"""Tables to fill in: the right columns for a template, and for an archive of PDFs; empty, or with an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attesta.activity import spreadsheets
from attesta.credentials import specimens
from attesta.credentials.batches.sources import pdfs, rows
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, FILE, ISSUED, NAME, NUMBER, TITLE_EN, TITLE_FR
from attesta.credentials.composing import fields
from attesta.credentials.composing.columns import Form
from attesta.credentials.composing.kinds import DocumentKind
from attesta.web.languages import language

CSV = "text/csv; charset=utf-8"
EXAMPLES = {
    FILE: "zoe-citoyenne.pdf",
    NUMBER: "2026-0001",
    EMAIL: "zoe@example.org",
    NAME: "Zoé Citoyenne",
    TITLE_FR: "Attestation de réussite",
    TITLE_EN: "Certificate of completion",
    ISSUED: "2026-06-12",
    EXPIRES: "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A column in words."""

    name: str
    required: bool
    meaning: str
    example: str


def of_kind(kind: DocumentKind, *, example: bool) -> str:
    names = [line.name for line in lines_of_kind(kind)]
    return csv(names, [{**EXAMPLES, **row} for row in specimens.rows(kind)] if example else [])


def of_archive(*, example: bool) -> str:
    return csv(pdfs.COLUMNS, [EXAMPLES] if example else [])


def csv(names: Sequence[str], examples: Sequence[Mapping[str, str]]) -> str:
    body = [spreadsheets.row([row.get(name, "") for name in names]) for row in examples]
    return "".join([spreadsheets.BYTE_ORDER_MARK, spreadsheets.row(names), *body])


def lines_of_kind(kind: DocumentKind) -> list[Line]:
    """Without the columns in JSON, which are for programs."""
    own = [column for column in fields.columns(kind) if column.form is not Form.JSON]
    required = {column.name for column in own if column.required}
    base = [line for line in lines_of_archive() if line.name in rows.BASE and line.name != NAME]
    told = [Line(each.name, each.name in required, each.help(language()), each.example) for each in own]
    return [*base, *told]


def lines_of_archive() -> list[Line]:
    meanings = {
        FILE: _("Name of the PDF in the ZIP file."),
        NUMBER: _("Your own number of the document: each stands once."),
        EMAIL: _("Where the learner is told."),
        TITLE_FR: _("Title of the document, in French."),
        TITLE_EN: _("Title of the document, in English."),
        ISSUED: _("Date of issue, YYYY-MM-DD."),
        NAME: _("Name of the learner."),
        EXPIRES: _("The day from which the document is no longer current, YYYY-MM-DD."),
    }
    return [Line(name, name in pdfs.REQUIRED, meanings[name], EXAMPLES[name]) for name in pdfs.COLUMNS]
