"""PDF bytes of a diploma, a transcript, a letter: PDF/A-3a and PDF/UA-1, tagged, titled, in a stated language.

typst's own fonts only, so the same sheet comes out on every machine. One compiler serves all.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.formats import date_format

from demo.documents import ornament
from demo.documents.kinds import Diploma, Document, Letter, Transcript
from demo.documents.programmes import SCALES, Course, Programme, standing
from demo.documents.schools import School, Signer

SHEETS = Path(__file__).parent / "sheets"
STANDARDS = ["a-3a", "ua-1"]
SEASONS = {
    "autumn": {"fr": "Automne", "en": "Fall"},
    "winter": {"fr": "Hiver", "en": "Winter"},
    "summer": {"fr": "Été", "en": "Summer"},
}


def pdf(document: Document) -> bytes:
    match document:
        case Diploma():
            return diploma(document)
        case Transcript():
            return transcript(document)
        case Letter():
            return letter(document)


def diploma(document: Diploma) -> bytes:
    head, registrar = document.school.head, document.school.registrar
    data = _shared(document) | {
        "body": asdict(document.body),
        "verb": asdict(document.verb),
        "award": asdict(document.award),
        "field": asdict(document.field),
        "rights": asdict(document.rights),
        "signers": [_signer(head), _signer(registrar)],
    }
    return _compile("diploma.typ", data, document.school, document.issued_on, signers=(head, registrar))


def transcript(document: Transcript) -> bytes:
    registrar = document.school.registrar
    language, programme = document.school.language, document.programme
    total = standing(programme.terms, programme.scale)
    data = _shared(document) | {
        "student": document.student,
        "programme": document.programme_title,
        "credential": document.credential,
        "terms": [_term(programme, index, language) for index in range(len(programme.terms))],
        "credits": str(total.credits),
        "average": _number(total.average, language),
        "scale": [[grade, _number(points, language, 1)] for grade, points in SCALES[programme.scale].items()],
        "top": _number(max(SCALES[programme.scale].values()), language, 1),
        "note": document.note,
        "signers": [_signer(registrar)],
    }
    return _compile("transcript.typ", data, document.school, document.issued_on, signers=(registrar,))


def letter(document: Letter) -> bytes:
    registrar = document.school.registrar
    data = _shared(document) | {
        "paragraphs": [asdict(paragraph) for paragraph in document.paragraphs],
        "facts": [[asdict(label), asdict(value)] for label, value in document.facts],
        "signers": [_signer(registrar)],
    }
    return _compile("letter.typ", data, document.school, document.issued_on, signers=(registrar,))


def _shared(document: Document) -> dict[str, Any]:
    return {
        "school": asdict(document.school),
        "title": asdict(document.title),
        "learner": document.learner,
        "number": document.number,
        "issued": {"fr": _day(document.issued_on, "fr"), "en": _day(document.issued_on, "en")},
    }


def _term(programme: Programme, index: int, language: str) -> dict[str, Any]:
    term = programme.terms[index]
    own = standing([term], programme.scale)
    so_far = standing(programme.terms[: index + 1], programme.scale)
    return {
        "name": f"{SEASONS[term.season][language]} {term.year}",
        "courses": [_course(course, programme.scale, language) for course in term.courses],
        "credits": str(own.credits),
        "average": _number(own.average, language),
        "cumulative_credits": str(so_far.credits),
        "cumulative": _number(so_far.average, language),
    }


def _course(course: Course, scale: str, language: str) -> list[str]:
    points = SCALES[scale].get(course.grade)
    earned = points * course.credits if points is not None else None
    grade = course.grade.replace("-", "−")
    return [course.code, course.title, str(course.credits), grade, _number(earned, language, 1)]


def _signer(signer: Signer) -> dict[str, str]:
    return {"name": signer.name, "fr": signer.role_fr, "en": signer.role_en}


def _day(value: date, language: str) -> str:
    with translation.override(language):
        text = date_format(value, "j F Y" if language == "fr" else "F j, Y")
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


def _number(value: Decimal | None, language: str, places: int = 2) -> str:
    """With the decimal mark of the language; a dash for no value."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language == "fr" else text


@cache
def _compiler() -> Any:
    return typst.Compiler(root=str(SHEETS), ignore_system_fonts=True)


def _compile(
    sheet: str, data: dict[str, Any], school: School, issued_on: date, *, signers: tuple[Signer, ...]
) -> bytes:
    pens = {f"pen{i}": ornament.signature(signer.name, colour="#1a2b4c") for i, signer in enumerate(signers)}
    return bytes(
        _compiler().compile(
            input=str(SHEETS / sheet),
            format="pdf",
            sys_inputs={"data": json.dumps(data), **_drawings(school), **pens},
            pdf_standards=STANDARDS,
            timestamp=int(datetime.combine(issued_on, time(16), UTC).timestamp()),
        )
    )


@cache
def _drawings(school: School) -> dict[str, str]:
    """Seal, frame and rosette of the institution, as SVG."""
    emblem = school.emblem
    seal = {
        "ink": school.accent,
        "font": "Libertinus Serif",
        "emblem": emblem.drawing,
        "name": emblem.ring,
        "year": emblem.year,
        "size": emblem.size,
        "tracking": emblem.tracking,
    }
    drawn = _compiler().compile(input=str(SHEETS / "seal.typ"), format="svg", sys_inputs={"seal": json.dumps(seal)})
    return {
        "seal": bytes(drawn).decode(),
        "frame": ornament.frame(744, 564, colours=[school.accent, school.warm, school.accent, school.warm]),
        "rosette": ornament.rosette(360, colour=school.pale, line=0.45),
    }
