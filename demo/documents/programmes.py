"""Programmes of study, read from ``programmes/*.toml``, and the averages that a transcript prints."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "programmes"

# Grade points of each institution; a grade without points (P) earns credits and no average.
SCALES: dict[str, dict[str, Decimal]] = {
    "tides": {
        grade: Decimal(points)
        for grade, points in {
            "A+": "4.3", "A": "4.0", "A-": "3.7", "B+": "3.3", "B": "3.0", "B-": "2.7",
            "C+": "2.3", "C": "2.0", "C-": "1.7", "D+": "1.3", "D": "1.0", "E": "0.0",
        }.items()
    },
    "northlake": {
        grade: Decimal(points)
        for grade, points in {
            "A+": "4.0", "A": "4.0", "A-": "3.7", "B+": "3.3", "B": "3.0", "B-": "2.7",
            "C+": "2.3", "C": "2.0", "C-": "1.7", "D": "1.0", "F": "0.0",
        }.items()
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    code: str
    title: str
    credits: int
    grade: str


@dataclass(frozen=True, slots=True)
class Term:
    """``season`` is autumn, winter or summer; ``year`` the calendar year."""

    season: str
    year: int
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    scale: str
    terms: tuple[Term, ...]

    def regraded(self, grades: Mapping[str, str]) -> Programme:
        """With other grades for the courses of these codes."""
        return replace(
            self,
            terms=tuple(
                replace(
                    term,
                    courses=tuple(
                        replace(course, grade=grades.get(course.code, course.grade)) for course in term.courses
                    ),
                )
                for term in self.terms
            ),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Credits earned and grade-point average; no average when no course carries points."""

    credits: int
    average: Decimal | None


@cache
def load(name: str, *, start: int) -> Programme:
    """The programme ``name`` of someone who began in the autumn of ``start``."""
    raw = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    terms = tuple(
        Term(
            season=term["season"],
            year=start + term["year"] + (0 if term["season"] == "autumn" else 1),
            courses=tuple(Course(*course) for course in term["courses"]),
        )
        for term in raw["terms"]
    )
    return Programme(scale=raw["school"], terms=terms)


def standing(terms: Iterable[Term], scale: str) -> Standing:
    """Of all the terms together, weighted by credits, to two places."""
    courses = [course for term in terms for course in term.courses]
    points = SCALES[scale]
    counted = [(points[course.grade], course.credits) for course in courses if course.grade in points]
    weight = sum(credits for _, credits in counted)
    if not weight:
        return Standing(sum(course.credits for course in courses), None)
    average = sum((value * credits for value, credits in counted), Decimal(0)) / weight
    earned = sum(course.credits for course in courses if points.get(course.grade, Decimal(1)) > 0)
    return Standing(earned, average.quantize(Decimal("0.01"), ROUND_HALF_UP))
