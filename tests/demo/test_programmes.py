"""Averages that a transcript prints."""

from __future__ import annotations

from decimal import Decimal

from demo.documents import programmes
from demo.documents.programmes import Course, Standing, Term, standing


def term(*courses: tuple[int, str]) -> Term:
    return Term("autumn", 2024, tuple(Course(f"ABC {n}", "Title", *course) for n, course in enumerate(courses)))


def test_average_weighs_by_credits() -> None:
    assert standing([term((3, "A"), (6, "B"))], "northlake") == Standing(9, Decimal("3.33"))


def test_passed_courses_earn_credits_and_no_points() -> None:
    assert standing([term((3, "P"), (3, "A-"))], "northlake") == Standing(6, Decimal("3.70"))
    assert standing([term((3, "P"))], "northlake") == Standing(3, None)


def test_failed_courses_count_in_the_average_and_earn_nothing() -> None:
    assert standing([term((3, "E"), (3, "A"))], "tides") == Standing(3, Decimal("2.00"))


def test_half_a_hundredth_rounds_up() -> None:
    assert standing([term((1, "A-"), (7, "A"))], "tides").average == Decimal("3.96")


def test_each_term_falls_in_its_calendar_year() -> None:
    programme = programmes.load("marine-science", start=2022)
    assert [(term.season, term.year) for term in programme.terms[:4]] == [
        ("autumn", 2022),
        ("winter", 2023),
        ("summer", 2023),
        ("autumn", 2023),
    ]


def test_programmes_use_only_grades_of_their_scale() -> None:
    for name in ("marine-science", "hydrography", "renewable-energy"):
        programme = programmes.load(name, start=2022)
        used = {course.grade for term in programme.terms for course in term.courses}
        assert used <= {*programmes.SCALES[programme.scale], "P"}


def test_regrading_changes_the_named_course_only() -> None:
    programme = programmes.load("hydrography", start=2025)
    changed = programme.regraded({"HYD 5110": "B"})
    before = {course.code: course.grade for term in programme.terms for course in term.courses}
    after = {course.code: course.grade for term in changed.terms for course in term.courses}
    assert {code: grade for code, grade in after.items() if before[code] != grade} == {"HYD 5110": "B"}
