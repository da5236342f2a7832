"""Writes a transcript as PESC College Transcript 1.8 (AcademicRecord 1.13, CoreMain 1.19).

Only elements that stand since 1.3, in their order. The institution's language is in PESC's own elements; the other
language, and text longer than an element takes, is in notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import lxml.etree
from lxml.etree import _Element

from attesta.credentials.composing.fields import Course, Term, Transcript
from attesta.credentials.pesc import notes
from attesta.credentials.pesc.codes import divided, joined
from attesta.credentials.pesc.names import CODES, CORE, LENGTHS, MESSAGE, ROOT, SECTOR

TO_STUDENT = "Issued to the student"
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class School:
    """The issuing institution. ``codes`` by the names of ``names.CODES``: ``{"CSIS": "24001"}``."""

    name_fr: str
    name_en: str
    codes: Mapping[str, str] = field(default_factory=dict)


def write(transcript: Transcript, *, school: School, number: str, at: datetime, language: str = "fr") -> bytes:
    """``number`` is the document's; ``at`` when it was issued. The same arguments give the same bytes."""
    root = lxml.etree.Element(f"{{{MESSAGE}}}{ROOT}", nsmap={"ColTrn": MESSAGE, "AcRec": SECTOR, "core": CORE})
    _transmission(root, school, number, at, language)
    student = _element(root, "Student")
    _person(student, transcript)
    record = _element(student, "AcademicRecord")
    _organization(_element(record, "School"), school, language, name_first=True)
    awarded = transcript.degree_fr or transcript.conferred_on or not any(term.code for term in transcript.terms)
    if awarded:
        _award(record, transcript, language)
    _summary(record, "All", transcript.credits, transcript.average, top=transcript.average_top)
    sessions = [term for term in transcript.terms if term.code]
    for term in sessions:
        programme = None if awarded or term is not sessions[-1] else transcript
        _session(_element(record, "AcademicSession"), term, programme, language)
    for course in (course for term in transcript.terms if not term.code for course in term.courses):
        _course(record, course, language)
    _notes(record, "language", language)
    for code in ("fr", "en"):
        _notes(record, code, getattr(transcript, f"note_{code}"))
    return bytes(lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _element(parent: _Element, name: str, text: str = "") -> _Element:
    made = lxml.etree.SubElement(parent, name)
    if text:
        made.text = text
    return made


def _short(parent: _Element, name: str, text: str) -> bool:
    """Write what the element takes. Was that all?"""
    longest = LENGTHS[name]
    if text:
        _element(parent, name, text if len(text) <= longest else text[: longest - 1] + "…")
    return len(text) <= longest


def _notes(parent: _Element, name: str, text: str) -> None:
    for line in notes.written(name, text):
        _element(parent, "NoteMessage", line)


def _transmission(root: _Element, school: School, number: str, at: datetime, language: str) -> None:
    data = _element(root, "TransmissionData")
    whole = _short(data, "DocumentID", number or "1")
    _element(data, "CreatedDateTime", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _element(data, "DocumentTypeCode", "StudentRequest")
    _element(data, "TransmissionType", "Original")
    _organization(_element(_element(data, "Source"), "Organization"), school, language)
    _element(_element(_element(data, "Destination"), "Organization"), "OrganizationName", TO_STUDENT)
    _element(data, "DocumentProcessCode", "PRODUCTION")
    _element(data, "DocumentOfficialCode", "Official")
    _element(data, "DocumentCompleteCode", "Complete")
    if not whole:
        _notes(data, "number", number)


def _organization(parent: _Element, school: School, language: str, *, name_first: bool = False) -> None:
    own, other = (school.name_fr, school.name_en) if language == "fr" else (school.name_en, school.name_fr)
    if name_first:
        _short(parent, "OrganizationName", own)
    for code in CODES:
        if school.codes.get(code):
            _element(parent, code, school.codes[code])
    if not name_first:
        for name in dict.fromkeys((own, other)):
            _short(parent, "OrganizationName", name)


def _person(student: _Element, transcript: Transcript) -> None:
    person = _element(student, "Person")
    _short(person, "SchoolAssignedPersonID", transcript.student_number)
    if transcript.birth_date:
        _element(_element(person, "Birth"), "BirthDate", transcript.birth_date.isoformat())
    name = _element(person, "Name")
    _short(name, "FirstName", transcript.given_name)
    _short(name, "LastName", transcript.family_name)
    whole = _short(name, "CompositeName", transcript.learner_name)
    if not whole:
        _notes(name, "name", transcript.learner_name)


def _award(record: _Element, transcript: Transcript, language: str) -> None:
    award = _element(record, "AcademicAward")
    if transcript.conferred_on:
        _element(award, "AcademicAwardDate", transcript.conferred_on.isoformat())
    degree = {"fr": transcript.degree_fr, "en": transcript.degree_en}
    rest = _in_own_language(award, "AcademicAwardTitle", degree, language)
    if transcript.conferred_on:
        _element(award, "AcademicCompletionIndicator", "true")
    _programme(_element(award, "AcademicAwardProgram"), transcript, language)
    for code, text in rest.items():
        _notes(award, code, text)


def _programme(parent: _Element, transcript: Transcript, language: str) -> None:
    _element(parent, "AcademicProgramType", "Major")
    _both(parent, "AcademicProgramName", {"fr": transcript.programme_fr, "en": transcript.programme_en}, language)


def _both(parent: _Element, name: str, texts: Texts, language: str) -> None:
    """An element whose notes come right after it."""
    for code, text in _in_own_language(parent, name, texts, language).items():
        _notes(parent, code, text)


def _in_own_language(parent: _Element, name: str, texts: Texts, language: str) -> dict[str, str]:
    """Write the element; what of the texts it does not say alone is returned, for notes."""
    own = texts[language]
    whole = _short(parent, name, own or next((text for text in texts.values() if text), ""))
    alone = whole and list(texts.values()).count(own) == 1
    return {code: text for code, text in texts.items() if text and not (code == language and alone)}


def _session(session: _Element, term: Term, programme: Transcript | None, language: str) -> None:
    """With the programme of the transcript, where no award holds it."""
    detail = _element(session, "AcademicSessionDetail")
    _element(detail, "SessionDesignator", term.code)
    _both(detail, "SessionName", {"fr": term.name_fr, "en": term.name_en}, language)
    if programme:
        _programme(_element(session, "AcademicProgram"), programme, language)
    for course in term.courses:
        _course(session, course, language)
    _summary(session, "SenderOnly", term.credits, term.average)
    _summary(session, "Cumulative", term.cumulative_credits, term.cumulative_average)


def _summary(
    parent: _Element, kind: str, credits: Decimal | None, average: Decimal | None, *, top: Decimal | None = None
) -> None:
    if credits is None and average is None and top is None:
        return
    summary = _element(parent, "AcademicSummary")
    _element(summary, "AcademicSummaryType", kind)
    gpa = _element(summary, "GPA")
    for name, value in (("CreditHoursEarned", credits), ("GradePointAverage", average), ("GPARangeMaximum", top)):
        if value is not None:
            _element(gpa, name, f"{value:f}")


def _course(parent: _Element, course: Course, language: str) -> None:
    made = _element(parent, "Course")
    _element(made, "CourseCreditBasis", "Regular")
    _element(made, "CourseCreditUnits", "Units")
    _element(made, "CourseCreditValue", f"{course.credits:f}")
    if course.earned is not None:
        _element(made, "CourseCreditEarned", f"{course.earned:f}")
    _short(made, "CourseAcademicGrade", course.grade)
    if course.points is not None:
        _element(made, "CourseQualityPointsEarned", f"{course.points:f}")
    subject, number = divided(course.code)
    _short(made, "CourseSubjectAbbreviation", subject)
    _short(made, "CourseNumber", number)
    rest = _in_own_language(made, "CourseTitle", {"fr": course.title_fr, "en": course.title_en}, language)
    if joined(subject, number) != course.code:
        _notes(made, "code", course.code)
    for code, text in rest.items():
        _notes(made, code, text)
