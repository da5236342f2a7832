"""What is written keeps to PESC's order, lengths and lists, as far as public code and documents show them.

The schemas themselves are not public files; the tables below are our reading of CoreMain and AcademicRecord.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import lxml.etree
import pytest

from attesta.credentials.composing.fields import Course, Term, Transcript
from attesta.credentials.pesc import codes, writing
from attesta.credentials.pesc.elements import child, children
from attesta.credentials.pesc.names import LENGTHS
from attesta.credentials.pesc.writing import School
from tests.credentials.composing.samples import NUMBER, transcript

pytestmark = pytest.mark.once
AT = datetime(2026, 6, 12, 16, tzinfo=UTC)
SCHOOL = School("Université des Grandes-Marées " * 4, "University of the Great Tides", {"CSIS": "24001"})
# Children of each element that is written, in the order of the standard's sequences.
ORDER = {
    "CollegeTranscript": "TransmissionData Student",
    "TransmissionData": "DocumentID CreatedDateTime DocumentTypeCode TransmissionType Source Destination"
    " DocumentProcessCode DocumentOfficialCode DocumentCompleteCode RequestTrackingID NoteMessage",
    "Source": "Organization",
    "Destination": "Organization",
    "Organization": "CSIS OrganizationName",
    "Student": "Person AcademicRecord",
    "Person": "SchoolAssignedPersonID Birth Name",
    "Birth": "BirthDate",
    "Name": "FirstName MiddleName LastName CompositeName NoteMessage",
    "AcademicRecord": "School StudentLevel AcademicAward AcademicSummary AcademicSession Course NoteMessage",
    "School": "OrganizationName CSIS",
    "AcademicAward": "AcademicAwardLevel AcademicAwardDate AcademicAwardTitle AcademicHonors"
    " AcademicCompletionIndicator AcademicCompletionDate AcademicAwardProgram NoteMessage",
    "AcademicAwardProgram": "AcademicProgramType AcademicProgramName NoteMessage",
    "AcademicProgram": "AcademicProgramType AcademicProgramName NoteMessage",
    "AcademicSummary": "AcademicSummaryType AcademicSummaryLevel GPA",
    "GPA": "CreditHoursAttempted CreditHoursEarned CreditUnit GradePointAverage TotalQualityPoints"
    " CreditHoursforGPA GPARangeMinimum GPARangeMaximum",
    "AcademicSession": "AcademicSessionDetail School StudentLevel AcademicProgram AcademicAward Course"
    " AcademicSummary NoteMessage",
    "AcademicSessionDetail": "SessionDesignator SessionDesignatorSuffix SessionName SessionType NoteMessage",
    "Course": "CourseCreditBasis CourseCreditUnits CourseCreditLevel CourseCreditValue CourseCreditEarned"
    " CourseAcademicGradeScaleCode CourseAcademicGrade CourseAcademicGradeStatusCode CourseQualityPointsEarned"
    " CourseSubjectAbbreviation CourseNumber CourseSectionNumber CourseTitle NoteMessage",
}
LISTS = {
    "DocumentTypeCode": {"StudentRequest"},
    "TransmissionType": {"Original"},
    "AcademicSummaryType": {"All", "SenderOnly", "Cumulative"},
    "AcademicProgramType": {"Major"},
    "CourseCreditBasis": {"Regular"},
    "CourseCreditUnits": {"Units"},
}
LOOSE = Term(
    "", "Cours reconnus", "Recognised courses", (Course("BIOLOGIE AVANCÉE 1", Decimal(3), "TR", "Biologie " * 20),)
)
FULL = replace(transcript(), terms=(*transcript().terms, LOOSE), learner_name="Zoé " * 30, programme_en="Ocean " * 20)
STUDYING = replace(transcript(), degree_fr="", degree_en="", conferred_on=None)
PLAIN = replace(STUDYING, credits=None, average=None, average_top=None, note_fr="", note_en="", birth_date=None)
each = pytest.mark.parametrize(
    "fields", [FULL, transcript(), STUDYING, PLAIN], ids=["full", "sample", "studying", "plain"]
)


def written(fields: Transcript, *, at: datetime = AT, language: str = "fr") -> lxml.etree._Element:
    return lxml.etree.fromstring(writing.write(fields, school=SCHOOL, number=NUMBER, at=at, language=language))


def name(element: lxml.etree._Element) -> str:
    return str(lxml.etree.QName(element).localname)


@each
def test_elements_stand_in_the_standard_s_order(fields: Transcript) -> None:
    for element in written(fields).iter():
        found = [name(each) for each in element]
        if found:
            order = ORDER[name(element)].split()
            assert found == sorted(found, key=order.index), name(element)


@each
def test_texts_are_no_longer_than_allowed_and_never_empty(fields: Transcript) -> None:
    for element in written(fields).iter():
        if len(element) == 0:
            assert 0 < len(element.text or "") <= LENGTHS.get(name(element), 400), name(element)


@each
def test_codes_are_of_their_lists(fields: Transcript) -> None:
    root = written(fields)
    for element, allowed in LISTS.items():
        assert {each.text for each in root.iter(element)} <= allowed


def test_only_the_root_has_a_namespace() -> None:
    root = written(transcript())
    assert root.tag == "{urn:org:pesc:message:CollegeTranscript:v1.8.0}CollegeTranscript"
    assert {lxml.etree.QName(element).namespace for element in root.iterdescendants()} == {None}
    assert root.nsmap["AcRec"] == "urn:org:pesc:sector:AcademicRecord:v1.13.0"
    assert root.nsmap["core"] == "urn:org:pesc:core:CoreMain:v1.19.0"


def test_a_programme_without_an_award_stands_in_the_last_session() -> None:
    record = child(written(STUDYING), "Student", "AcademicRecord")
    assert list(children(record, "AcademicAward")) == []
    programmes = [child(session, "AcademicProgram") is not None for session in children(record, "AcademicSession")]
    assert programmes == [False, True]


def test_time_is_told_in_utc() -> None:
    at = datetime(2026, 6, 12, 12, tzinfo=timezone(timedelta(hours=-4)))
    assert written(transcript(), at=at).findtext("TransmissionData/CreatedDateTime") == "2026-06-12T16:00:00Z"


def test_the_institution_s_language_has_the_elements() -> None:
    course = "Student/AcademicRecord/AcademicSession/Course/"
    french, english = written(transcript()), written(transcript(), language="en")
    assert french.findtext(course + "CourseTitle") == "Introduction à OCE-0000"
    assert english.findtext(course + "CourseTitle") == "Introduction to OCE-0000"
    notes = [note.text for note in english.find(course.rstrip("/")).iter("NoteMessage")]
    assert notes == ["[code] OCE-0000", "[fr] Introduction à OCE-0000"]


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("OCE 1010", ("OCE", "1010")),
        ("OCE-1010", ("OCE", "1010")),
        ("MAT1120A", ("MAT", "1120A")),
        ("1010", ("", "1010")),
        ("ÉCON-2", ("ÉCON", "2")),
        ("Introduction 1 et 2", ("", "Introduction 1 ")),
    ],
)
def test_course_codes_have_two_parts(code: str, parts: tuple[str, str]) -> None:
    assert codes.divided(code) == parts


@pytest.mark.parametrize(
    ("kind", "code", "problem"),
    [
        ("CSIS", "24001", None),
        ("CSIS", "2400123", "invalid"),
        ("CSIS", "", "invalid"),
        ("ESIS", "48005000", None),
        ("XYZ", "1", "unknown"),
    ],
)
def test_what_is_wrong_with_a_school_s_code(kind: str, code: str, problem: str | None) -> None:
    assert codes.problem(kind, code) == problem
