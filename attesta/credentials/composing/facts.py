"""The facts of a document as its sheet reads them: every text in both languages, every number written out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attesta.credentials.composing import colours, language, words
from attesta.credentials.composing.design import Design, Signatory
from attesta.credentials.composing.drawings import SIZES
from attesta.credentials.composing.fields import Attestation, Course, Diploma, Fields, Term, Transcript
from attesta.credentials.composing.values import tidy_paragraphs

Both = dict[str, str]
LANGUAGES = ("fr", "en")
NAME = {"fr": "Nom", "en": "Name"}
LABELS: dict[str, Both] = {
    "student_number": {"fr": "Matricule", "en": "Student number"},
    "programme": {"fr": "Programme", "en": "Programme"},
    "standing": {"fr": "Régime d’études", "en": "Study status"},
    "period": {"fr": "Période", "en": "Period"},
    "start_on": {"fr": "Début des études", "en": "Start of studies"},
    "end_on": {"fr": "Fin des études", "en": "End of studies"},
}


def of(fields: Fields, design: Design, *, number: str, issued_on: date) -> dict[str, Any]:
    said = words.wording(fields, design, number=number, issued_on=issued_on)
    shared = {
        "design": _design(design),
        "learner": fields.learner_name,
        "number": number,
        "issued": _day(issued_on),
        "said": {name: {code: said[f"{name}_{code}"] for code in LANGUAGES} for name in {n[:-3] for n in said}},
        "signatories": [_signatory(signatory) for signatory in design.signatories],
        "title": f"{words.titles(fields, design)[LANGUAGES.index(design.language)]} – {fields.learner_name}",
    }
    match fields:
        case Diploma():
            return shared | _diploma(fields, design)
        case Transcript():
            return shared | _transcript(fields, design)
        case Attestation():
            return shared | _attestation(fields, said)


def _design(design: Design) -> dict[str, Any]:
    width, height = SIZES[design.paper]
    return {
        "language": design.language,
        "name": both(design, "name"),
        "unit": both(design, "unit"),
        "place": both(design, "place"),
        "remark": both(design, "remark"),
        "accent": colours.legible(design.accent),
        "warm": design.warm,
        "paper": str(design.paper),
        "width": width,
        "height": height,
        "address": design.address,
        "phone": design.phone,
        "email": design.email,
        "contact": _joined(design.address, design.phone, by=" · "),
        "reach": [design.email, design.phone, design.website.partition("://")[2] or design.website],
    }


def both(source: object, name: str) -> Both:
    return {code: getattr(source, f"{name}_{code}") for code in LANGUAGES}


def _joined(*parts: str, by: str = ", ") -> str:
    return by.join(part for part in parts if part)


def _signatory(signatory: Signatory) -> dict[str, Any]:
    return {"name": signatory.name, "role": both(signatory, "role"), "pen": signatory.signature is not None}


def _day(value: date | None) -> Both | None:
    return None if value is None else {code: language.day(value, code) for code in LANGUAGES}


def _diploma(fields: Diploma, design: Design) -> dict[str, Any]:
    second = "en" if design.language == "fr" else "fr"
    degree, domain, honours = both(fields, "degree"), both(fields, "field"), both(fields, "honours")
    detail = {code: _joined(domain[code], honours[code]) for code in LANGUAGES}
    return {
        "degree": degree,
        "field": detail,
        "degree-line": _joined(degree[second], detail[second], by=" · "),
    }


def _transcript(fields: Transcript, design: Design) -> dict[str, Any]:
    code = design.language

    def written(value: Decimal | None, places: int | None = None) -> str | None:
        return None if value is None else language.number(value, code, places)

    return {
        "student": fields.student_number,
        "birth": _day(fields.birth_date),
        "programme": both(fields, "programme"),
        "degree": both(fields, "degree"),
        "conferred": _day(fields.conferred_on),
        "note": both(fields, "note"),
        "terms": [_term(term, code) for term in fields.terms],
        "credits": written(fields.credits),
        "average": written(fields.average),
        "top": written(fields.average_top),
        "grades": [
            {"grade": _minus(grade.grade), "points": written(grade.points) or "–", "meaning": both(grade, "meaning")}
            for grade in design.grades
        ],
        "notes": [{"head": both(note, "head"), "text": both(note, "text")} for note in design.notes],
    }


def _term(term: Term, code: str) -> dict[str, Any]:
    sums = (term.credits, term.average, term.cumulative_credits, term.cumulative_average)
    return {
        "name": both(term, "name"),
        "courses": [_course(course, code) for course in term.courses],
        "sums": [None if value is None else language.number(value, code) for value in sums],
    }


def _course(course: Course, code: str) -> dict[str, Any]:
    credits = language.number(course.credits, code)
    if course.earned is not None and course.earned != course.credits:
        credits = f"{language.number(course.earned, code)} / {credits}"
    return {
        "code": course.code,
        "title": both(course, "title"),
        "credits": credits,
        "grade": _minus(course.grade),
        "points": language.number(course.points, code),
    }


def _minus(grade: str) -> str:
    """``A-`` with a minus as high and wide as its plus."""
    return grade[:-1] + "−" if grade.endswith("-") and len(grade) > 1 else grade


def _attestation(fields: Attestation, said: dict[str, str]) -> dict[str, Any]:
    rows = [(NAME, {"fr": fields.learner_name, "en": fields.learner_name})]
    for name, label in LABELS.items():
        if value := _fact(fields, name):
            rows.append((label, value))
    rows += [(both(fact, "label"), both(fact, "value")) for fact in fields.facts]
    return {
        "text": {code: tidy_paragraphs(said[f"text_{code}"]).split("\n\n") for code in LANGUAGES},
        "facts": [{"label": label, "value": value} for label, value in rows],
    }


def _fact(fields: Attestation, name: str) -> Both | None:
    if hasattr(fields, f"{name}_fr"):
        pair = both(fields, name)
        return pair if pair["fr"] else None
    value = getattr(fields, name)
    if isinstance(value, date):
        return _day(value)
    return {"fr": value, "en": value} if value else None
