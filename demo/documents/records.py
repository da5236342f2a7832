"""Programmes of study as transcripts: the institutions' own sums and averages, written out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attesta.credentials.composing import fields, language
from demo.documents.programmes import SCALES, Course, Programme, Term, standing

MONTHS = {"autumn": "09", "winter": "01", "summer": "05"}


def record(programme: Programme, *, spoken: str) -> dict[str, Any]:
    """What a transcript says of its courses, whose titles are in the language ``spoken``."""
    total = standing(programme.terms, programme.scale)
    return {
        "terms": tuple(_term(programme, index, spoken) for index in range(len(programme.terms))),
        "credits": Decimal(total.credits),
        "average": total.average,
        "average_top": max(SCALES[programme.scale].values()),
    }


def _term(programme: Programme, index: int, spoken: str) -> fields.Term:
    term = programme.terms[index]
    own = standing([term], programme.scale)
    so_far = standing(programme.terms[: index + 1], programme.scale)
    code = _code(term)
    return fields.Term(
        code=code,
        name_fr=language.term(code, "fr"),
        name_en=language.term(code, "en"),
        courses=tuple(_course(course, programme.scale, spoken) for course in term.courses),
        credits=Decimal(own.credits),
        average=own.average,
        cumulative_credits=Decimal(so_far.credits),
        cumulative_average=so_far.average,
    )


def _code(term: Term) -> str:
    return f"{term.year}-{MONTHS[term.season]}"


def _course(course: Course, scale: str, spoken: str) -> fields.Course:
    points = SCALES[scale].get(course.grade)
    return fields.Course(
        code=course.code,
        credits=Decimal(course.credits),
        grade=course.grade,
        title_fr=course.title if spoken == "fr" else "",
        title_en=course.title if spoken == "en" else "",
        points=None if points is None else points * course.credits,
    )
