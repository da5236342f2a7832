"""Reads PESC College Transcript 1.3 to 1.8: a transcript, its learner, and everything that is wrong with the file.

``[fr]`` and ``[en]`` notes (``pesc.notes``) say a text in both languages. A file of another sender has one language:
what must be said in both is then said alike in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import lxml.etree
from lxml.etree import _Element

from attesta.credentials.composing import language as languages
from attesta.credentials.composing.fields import MOST_COURSES, Course, Term, Transcript
from attesta.credentials.composing.values import Unreadable, read_term
from attesta.credentials.pesc import codes
from attesta.credentials.pesc.elements import Elements, Problem, Unusable, child, children, parsed
from attesta.credentials.pesc.names import LENGTHS, READ, ROOT, STATUSES
from attesta.credentials.rules import NAME_LENGTH

LONGEST_NOTE = 1000
RECOGNISED = {"fr": "Cours reconnus", "en": "Recognised courses"}
CUMULATIVE = "Cumulative"
OTHER = {"fr": "en", "en": "fr"}


@dataclass(frozen=True, slots=True)
class Learner:
    name: str
    given_name: str
    family_name: str
    student_number: str
    birth_date: date | None
    email: str


@dataclass(frozen=True, slots=True)
class Reading:
    """``version`` is the standard's (``1.6``); ``number`` the sender's document number."""

    transcript: Transcript
    learner: Learner
    version: str
    number: str
    issued_on: date | None
    school: str


def read(xml: bytes, *, language: str = "en") -> Reading:
    """``language`` is the one of texts that do not say theirs. Raises Unusable with every problem."""
    root = parsed(xml)
    version = _version(root)
    take = Elements()
    data, student = child(root, "TransmissionData"), child(root, "Student")
    stated = take.notes(child(student, "AcademicRecord"))[0].get("language", "")
    language = stated if stated in OTHER else language
    learner = _learner(take, root, child(student, "Person"))
    reading = Reading(
        transcript=_transcript(take, student, learner, language),
        learner=learner,
        version=version,
        number=take.notes(data)[0].get("number") or take.text(data, "DocumentID"),
        issued_on=take.day(data, "CreatedDateTime"),
        school=_school(take, data, child(student, "AcademicRecord")),
    )
    if take.problems:
        raise Unusable(take.problems)
    return reading


def _version(root: _Element) -> str:
    name = lxml.etree.QName(root)
    namespace = name.namespace or ""
    if name.localname != ROOT:
        raise Unusable([Problem("", "not-a-transcript", name.localname[:80])])
    if not (version := READ.fullmatch(namespace)):
        raise Unusable([Problem("", "version-unknown", namespace[:80])])
    return version[1]


def _learner(take: Elements, root: _Element, person: _Element | None) -> Learner:
    if person is None:
        take.found(root, "Student/Person", "missing")
    name = child(person, "Name")
    given, family = take.text(name, "FirstName"), take.text(name, "LastName")
    middle = (" ".join((each.text or "").split()) for each in children(name, "MiddleName"))
    full = take.notes(name)[0].get("name") or take.text(name, "CompositeName")
    full = full or " ".join(part for part in (given, *middle, family) if part)
    if person is not None and not 0 < len(full) <= NAME_LENGTH:
        take.found(person, "Name", "too-long" if full else "missing", full)
    return Learner(
        name=full,
        given_name=given,
        family_name=family,
        student_number=take.text(person, "SchoolAssignedPersonID", required=person is not None, longest=40),
        birth_date=take.day(child(person, "Birth"), "BirthDate"),
        email=take.text(child(person, "Contacts", "Email"), "EmailAddress"),
    )


def _school(take: Elements, data: _Element | None, record: _Element | None) -> str:
    own = take.text(child(record, "School"), "OrganizationName")
    return own or take.text(child(data, "Source", "Organization"), "OrganizationName")


def _transcript(take: Elements, student: _Element | None, learner: Learner, language: str) -> Transcript:
    record = child(student, "AcademicRecord")
    if record is None:
        take.found(student, "AcademicRecord", "missing")
    award = _award(record)
    degree = _both(take, award, "AcademicAwardTitle", language, alike=True)
    programme = _programme(take, record, award, degree, language)
    summary = _summary(record, cumulative=None)
    marked, own = take.notes(record)
    return Transcript(
        learner_name=learner.name,
        given_name=learner.given_name,
        family_name=learner.family_name,
        student_number=learner.student_number,
        birth_date=learner.birth_date,
        programme_fr=programme["fr"],
        programme_en=programme["en"],
        degree_fr=degree["fr"],
        degree_en=degree["en"],
        conferred_on=take.day(award, "AcademicAwardDate"),
        credits=_credits(take, summary),
        average=take.number(summary, "GradePointAverage"),
        average_top=take.number(summary, "GPARangeMaximum"),
        note_fr=(marked.get("fr") or own)[:LONGEST_NOTE],
        note_en=(marked.get("en") or own)[:LONGEST_NOTE],
        terms=_terms(take, student, language),
    )


def _award(record: _Element | None) -> _Element | None:
    """The newest one."""
    awards = list(children(record, "AcademicAward"))
    return max(awards, key=lambda award: str(award.findtext("{*}AcademicAwardDate") or ""), default=None)


def _programme(
    take: Elements, record: _Element | None, award: _Element | None, degree: dict[str, str], language: str
) -> dict[str, str]:
    places = [
        child(award, "AcademicAwardProgram"),
        *(child(session, "AcademicProgram") for session in reversed(list(children(record, "AcademicSession")))),
        child(record, "AcademicSummary", "AcademicProgram"),
    ]
    place = next((place for place in places if place is not None), None)
    found = _both(take, place, "AcademicProgramName", language, alike=True)
    found = found if any(found.values()) else degree
    if record is not None and not any(found.values()):
        take.found(record, "AcademicAward/AcademicAwardProgram/AcademicProgramName", "missing")
    return found


def _both(take: Elements, parent: _Element | None, name: str, language: str, *, alike: bool = False) -> dict[str, str]:
    """An element's text by language: what notes say, and the element in the language that they leave.

    ``alike``: in both for want of another.
    """
    marked, _ = take.notes(parent)
    said = {code: marked[code] for code in OTHER if marked.get(code)}
    text = take.text(parent, name)
    if text and not any(_says(text, note, LENGTHS[name]) for note in said.values()):
        left = [code for code in OTHER if code not in said]
        said.update({left[0]: text} if len(left) == 1 else {language: text} if left else {})
    rest = text if alike else ""
    return {code: said.get(code) or rest for code in OTHER}


def _says(text: str, note: str, longest: int) -> bool:
    """Is the text the note, or as much of it as an element of ``longest`` characters takes?"""
    return text == (note if len(note) <= longest else note[: longest - 1] + "…")


def _summary(parent: _Element | None, *, cumulative: bool | None) -> _Element | None:
    """The GPA of the first summary that is (or is not) cumulative; of the first at all for None."""
    for summary in children(parent, "AcademicSummary"):
        kind = summary.findtext("{*}AcademicSummaryType")
        if cumulative is None or (kind == CUMULATIVE) == cumulative:
            return child(summary, "GPA")
    return None


def _credits(take: Elements, gpa: _Element | None) -> Decimal | None:
    return take.number(gpa, "CreditHoursEarned")


def _terms(take: Elements, student: _Element | None, language: str) -> tuple[Term, ...]:
    """Sessions of every record, in their order; courses outside of sessions stand first, as recognised ones."""
    terms: list[Term] = []
    for record in children(student, "AcademicRecord"):
        loose = tuple(_course(take, course, language) for course in children(record, "Course"))
        if loose:
            terms.append(Term(code="", name_fr=RECOGNISED["fr"], name_en=RECOGNISED["en"], courses=loose))
        terms += [_term(take, session, language) for session in children(record, "AcademicSession")]
    count = sum(len(term.courses) for term in terms)
    if count == 0 or count > MOST_COURSES:
        take.found(student, "AcademicRecord", "too-many" if count else "no-courses", str(count))
    return tuple(terms)


def _term(take: Elements, session: _Element, language: str) -> Term:
    detail = child(session, "AcademicSessionDetail")
    code = take.text(detail, "SessionDesignator", required=True)
    try:
        code = read_term(code[:7]) if code else ""
    except Unreadable as problem:
        take.found(detail, "SessionDesignator", problem.code, code)
        code = ""
    names = _both(take, detail, "SessionName", language)
    own, so_far = _summary(session, cumulative=False), _summary(session, cumulative=True)
    return Term(
        code=code,
        name_fr=names["fr"] or (code and languages.term(code, "fr")),
        name_en=names["en"] or (code and languages.term(code, "en")),
        courses=tuple(_course(take, course, language) for course in children(session, "Course")),
        credits=_credits(take, own),
        average=take.number(own, "GradePointAverage"),
        cumulative_credits=_credits(take, so_far),
        cumulative_average=take.number(so_far, "GradePointAverage"),
    )


def _course(take: Elements, course: _Element, language: str) -> Course:
    marked, _ = take.notes(course)
    code = marked.get("code") or codes.joined(
        take.text(course, "CourseSubjectAbbreviation"), take.text(course, "CourseNumber")
    )
    if not code:
        take.found(course, "CourseNumber", "missing")
    titles = _both(take, course, "CourseTitle", language)
    if not any(titles.values()):
        take.found(course, "CourseTitle", "missing")
    earned = take.number(course, "CourseCreditEarned")
    value = take.number(course, "CourseCreditValue")
    if value is None and earned is None:
        take.found(course, "CourseCreditValue", "missing")
    return Course(
        code=code,
        credits=(earned if value is None else value) or Decimal(0),
        grade=_grade(take, course),
        title_fr=titles["fr"],
        title_en=titles["en"],
        earned=earned,
        points=take.number(course, "CourseQualityPointsEarned"),
    )


def _grade(take: Elements, course: _Element) -> str:
    grade = take.text(course, "CourseAcademicGrade", longest=10)
    grade = grade or STATUSES.get(take.text(course, "CourseAcademicGradeStatusCode"), "")
    if not grade:
        take.found(course, "CourseAcademicGrade", "missing")
    return grade
