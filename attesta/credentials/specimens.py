"""First pages of documents that are not issued: a template with the facts of nobody, or a batch before it begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings

from attesta.credentials import pdf
from attesta.credentials.batches import opening
from attesta.credentials.batches.documents import Document, Uploaded
from attesta.credentials.composing.compose import Verification, compose
from attesta.credentials.composing.fields import Fields, columns, read_rows
from attesta.credentials.composing.fonts import Uncomposable
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.designs import design_of
from attesta.credentials.models import Batch, Template
from attesta.credentials.pdf import Rendering, Undrawable
from attesta.organizations.days import today

NUMBER = "SPECIMEN"
CODE = "0000-0000-0000-0000-0000"
ISSUED = date(2026, 6, 12)
COURSES = (  # term, code, titles, grade, points
    ("2024-09", "OCE-1010", "Introduction à l’océanographie", "Introduction to Oceanography", "A+", "12.9"),
    ("2024-09", "MAT-1310", "Calcul différentiel", "Differential Calculus", "B+", "9.9"),
    ("2024-09", "BIO-1201", "Écologie marine", "Marine Ecology", "A", "12.0"),
    ("2025-01", "CHM-1105", "Chimie de l’eau de mer", "Seawater Chemistry", "A−", "11.1"),
    ("2025-01", "FRA-1000", "Communication scientifique", "Scientific Communication", "A", "12.0"),
    ("2025-01", "STT-1220", "Statistique", "Statistics", "B", "9.0"),
    ("2025-09", "OCE-2040", "Dynamique des courants", "Dynamics of Currents", "A", "12.0"),
    ("2025-09", "GEO-2110", "Fonds marins", "The Sea Floor", "A+", "12.9"),
    ("2025-09", "OCE-2900", "Stage en mer", "Fieldwork at Sea", "S", ""),
)
SUMS = {"2024-09": ("9", "3.87"), "2025-01": ("9", "3.57"), "2025-09": ("9", "4.15")}  # credits, average
KEPT = 32


def picture(template: Template) -> Rendering:
    """The first page, 1200 pixels wide. ``template`` need not be saved. Raises Undrawable."""
    design = json.dumps(template.design, sort_keys=True)
    issuer = template.issuer
    names = (issuer.name_fr, issuer.name_en, issuer.unit_fr, issuer.unit_en, issuer.address, issuer.contact_email)
    return _picture(_Key((template.kind, design, *names), template))


class _Key:
    """A template by what it prints, so that the same picture is drawn once."""

    def __init__(self, printed: tuple[str, ...], template: Template) -> None:
        self.printed, self.template = printed, template

    def __hash__(self) -> int:
        return hash(self.printed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.printed == other.printed


@lru_cache(KEPT)
def _picture(key: _Key) -> Rendering:
    return next(iter(pdf.render(specimen(key.template), [1])))


def picture_of_batch(batch: Batch, number: int) -> Rendering:
    """The first page of a batch's document (from 1) as it would be issued.

    Raises IndexError, Broken, blobs.Missing (the file was erased) and Undrawable.
    """
    reading = opening.read(opening.content(batch), batch.form, batch.template, today=today())
    document = reading.document(reading.entries[number - 1])
    return next(iter(pdf.render(_unsealed(document, batch), [1])))


def _unsealed(document: Document, batch: Batch) -> bytes:
    if isinstance(document, Uploaded):
        return document.pdf
    assert batch.template
    draft = document.draft
    return _composed(document.fields, batch.template, issued_on=draft.issued_on, number=draft.number)


def specimen(template: Template) -> bytes:
    """Without a seal, with a code that no register knows."""
    return _composed(facts(DocumentKind(template.kind)), template, issued_on=ISSUED, number=NUMBER)


def proof(fields: Fields, template: Template, *, issued_on: date, number: str) -> bytes:
    """What would be issued, for whoever is about to: without a seal, with a code that no register knows."""
    return _composed(fields, template, issued_on=issued_on, number=number)


def _composed(fields: Fields, template: Template, *, issued_on: date, number: str) -> bytes:
    verification = Verification(code=CODE, url=f"{settings.BASE_URL}/verify/")
    design = design_of(template)
    try:
        return compose(fields, design=design, verification=verification, issued_on=issued_on, number=number, twin=None)
    except Uncomposable as problem:
        raise Undrawable("This page cannot be composed.") from problem


def facts(kind: DocumentKind) -> Fields:
    """Of nobody: the examples of the columns, under the template's own title."""
    return read_rows(kind, [{**row, "title_fr": "", "title_en": ""} for row in rows(kind)])


def rows(kind: DocumentKind) -> list[Mapping[str, str]]:
    """As they would stand in a table: one, or one a course."""
    shared = {column.name: column.example for column in columns(kind) if not column.per_course}
    if kind is not DocumentKind.TRANSCRIPT:
        return [shared]
    return [{**shared, **_course(*course)} for course in COURSES]


def _course(term: str, code: str, title_fr: str, title_en: str, grade: str, points: str) -> dict[str, str]:
    credits, average = SUMS[term]
    return {
        "term": term,
        "course_code": code,
        "course_title_fr": title_fr,
        "course_title_en": title_en,
        "course_credits": "3",
        "grade": grade,
        "points": points,
        "term_credits": credits,
        "term_average": average,
    }
