"""Files of other senders: every version, one language, what is missing said with its place, and hostile ones."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials.pesc import reading
from attesta.credentials.pesc.elements import MOST_BYTES, Unusable
from tests.credentials.composing.samples import composed

pytestmark = pytest.mark.once
VERSIONS = ["1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.7.0", "1.8.0"]
# As a Canadian college's system writes it: no notes, courses outside of sessions, a middle name, spare zeros.
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<ColTrn:CollegeTranscript xmlns:ColTrn="urn:org:pesc:message:CollegeTranscript:v{version}"
    xmlns:AcRec="urn:org:pesc:sector:AcademicRecord:v1.9.0" xmlns:core="urn:org:pesc:core:CoreMain:v1.14.0">
  <TransmissionData>
    <DocumentID>2026061200017</DocumentID>
    <CreatedDateTime>2026-06-12T09:30:47-05:00</CreatedDateTime>
    <DocumentTypeCode>RequestedRecord</DocumentTypeCode>
    <TransmissionType>Original</TransmissionType>
    <Source>
      <Organization><ESIS>48005000</ESIS><OrganizationName>Prairie College</OrganizationName></Organization>
    </Source>
    <Destination><Organization><OrganizationName>Registry</OrganizationName></Organization></Destination>
  </TransmissionData>
  <Student>
    <Person>
      <SchoolAssignedPersonID>A00123</SchoolAssignedPersonID>
      <Birth><BirthDate>2001-11-30</BirthDate></Birth>
      <Name><FirstName>Alex</FirstName><MiddleName>Jo</MiddleName><LastName>Morgan</LastName></Name>
      <Contacts><Email><EmailAddress>alex@example.com</EmailAddress></Email></Contacts>
    </Person>
    <AcademicRecord>
      <AcademicAward>
        <AcademicAwardDate>2024-06-01</AcademicAwardDate><AcademicAwardTitle>Certificate</AcademicAwardTitle>
      </AcademicAward>
      <AcademicAward>
        <AcademicAwardLevel>2.4</AcademicAwardLevel>
        <AcademicAwardDate>2026-06-05</AcademicAwardDate>
        <AcademicAwardTitle>Bachelor of Technology</AcademicAwardTitle>
        <AcademicAwardProgram>
          <AcademicProgramName>Renewable Energy</AcademicProgramName>
        </AcademicAwardProgram>
      </AcademicAward>
      <AcademicSummary>
        <GPA><CreditHoursEarned>120.000</CreditHoursEarned><GradePointAverage>3.5000</GradePointAverage></GPA>
      </AcademicSummary>
      <AcademicSession>
        <AcademicSessionDetail>
          <SessionDesignator>2025-09</SessionDesignator><SessionName>Fall Term</SessionName>
        </AcademicSessionDetail>
        <Course>
          <CourseCreditBasis>Regular</CourseCreditBasis>
          <CourseCreditValue>3.00</CourseCreditValue><CourseCreditEarned>0.00</CourseCreditEarned>
          <CourseAcademicGrade>F</CourseAcademicGrade>
          <CourseSubjectAbbreviation>ENGY</CourseSubjectAbbreviation><CourseNumber>3010</CourseNumber>
          <CourseTitle>Wind &amp; Water</CourseTitle>
        </Course>
        <Course>
          <CourseCreditBasis>Regular</CourseCreditBasis>
          <CourseCreditValue>4.5</CourseCreditValue>
          <CourseAcademicGradeStatusCode>InProgress</CourseAcademicGradeStatusCode>
          <CourseSubjectAbbreviation>ENGY</CourseSubjectAbbreviation><CourseNumber>3020</CourseNumber>
          <CourseTitle>Storage</CourseTitle>
        </Course>
      </AcademicSession>
      <Course>
        <CourseCreditBasis>AdvancedStanding</CourseCreditBasis><CourseCreditEarned>3</CourseCreditEarned>
        <CourseAcademicGradeStatusCode>TransferNoGrade</CourseAcademicGradeStatusCode>
        <CourseNumber>MATH-1</CourseNumber><CourseTitle>Calculus</CourseTitle>
      </Course>
      <NoteMessage>Studied</NoteMessage><NoteMessage>part-time.</NoteMessage>
    </AcademicRecord>
  </Student>
</ColTrn:CollegeTranscript>
"""


def foreign(version: str = "1.6.0", **changes: str) -> bytes:
    """The file with pieces replaced: ``old=new`` pairs, by name below."""
    text = FOREIGN.replace("{version}", version)
    for old, new in changes.items():
        assert PIECES[old] in text
        text = text.replace(PIECES[old], new)
    return text.encode()


PIECES = {
    "session": "<SessionDesignator>2025-09</SessionDesignator>",
    "credits": "<CourseCreditValue>4.5</CourseCreditValue>",
    "birth": "2001-11-30",
    "person": "<SchoolAssignedPersonID>A00123</SchoolAssignedPersonID>",
    "name": "<Name><FirstName>Alex</FirstName><MiddleName>Jo</MiddleName><LastName>Morgan</LastName></Name>",
    "status": "<CourseAcademicGradeStatusCode>InProgress</CourseAcademicGradeStatusCode>",
    "title": "<CourseTitle>Storage</CourseTitle>",
    "number": "<CourseNumber>MATH-1</CourseNumber>",
    "head": '<?xml version="1.0" encoding="UTF-8"?>',
    "programme": "<AcademicProgramName>Renewable Energy</AcademicProgramName>",
    "awards": "<AcademicAwardTitle>Bachelor of Technology</AcademicAwardTitle>",
}


def problems(xml: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Unusable) as found:
        reading.read(xml)
    return [(problem.path, problem.code) for problem in found.value.problems]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_is_read(version: str) -> None:
    found = reading.read(foreign(version))
    assert (found.version, found.number, found.issued_on) == (version[:3], "2026061200017", date(2026, 6, 12))
    assert found.school == "Prairie College"
    assert found.learner == reading.Learner(
        "Alex Jo Morgan", "Alex", "Morgan", "A00123", date(2001, 11, 30), "alex@example.com"
    )


def test_what_it_says_of_studies() -> None:
    fields = reading.read(foreign()).transcript
    assert (fields.programme_fr, fields.programme_en) == ("Renewable Energy", "Renewable Energy")
    assert (fields.degree_en, fields.conferred_on) == ("Bachelor of Technology", date(2026, 6, 5))
    assert (str(fields.credits), str(fields.average), fields.average_top) == ("120", "3.5", None)
    assert (fields.note_fr, fields.note_en) == ("Studied part-time.", "Studied part-time.")
    loose, fall = fields.terms
    assert (loose.code, loose.name_fr) == ("", "Cours reconnus")
    assert (fall.code, fall.name_fr, fall.name_en) == ("2025-09", "Automne 2025", "Fall Term")
    assert [
        (c.code, c.grade, c.credits, c.earned, c.title_fr, c.title_en) for c in (*fall.courses, *loose.courses)
    ] == [
        ("ENGY 3010", "F", Decimal(3), Decimal(0), "", "Wind & Water"),
        ("ENGY 3020", "IP", Decimal("4.5"), None, "", "Storage"),
        ("MATH-1", "TR", Decimal(3), Decimal(3), "", "Calculus"),
    ]


def test_its_language_may_be_french() -> None:
    course = reading.read(foreign(), language="fr").transcript.terms[1].courses[0]
    assert (course.title_fr, course.title_en) == ("Wind & Water", "")


def test_it_is_printed() -> None:
    assert composed(reading.read(foreign()).transcript).startswith(b"%PDF-")


def test_every_problem_is_told_with_its_place() -> None:
    xml = foreign(
        session="<SessionDesignator>Fall</SessionDesignator>", credits="", birth="30/11/2001", status="", title=""
    )
    record = "Student/AcademicRecord"
    assert problems(xml) == [
        ("Student/Person/Birth/BirthDate", "date-invalid"),
        (f"{record}/AcademicSession/AcademicSessionDetail/SessionDesignator", "term-invalid"),
        (f"{record}/AcademicSession/Course[2]/CourseTitle", "missing"),
        (f"{record}/AcademicSession/Course[2]/CourseCreditValue", "missing"),
        (f"{record}/AcademicSession/Course[2]/CourseAcademicGrade", "missing"),
    ]


def test_who_it_is_about_must_be_there() -> None:
    assert problems(foreign(person="", name="")) == [
        ("Student/Person/Name", "missing"),
        ("Student/Person/SchoolAssignedPersonID", "missing"),
    ]


def test_without_a_programme_the_degree_says_it() -> None:
    assert reading.read(foreign(programme="")).transcript.programme_fr == "Bachelor of Technology"
    assert problems(foreign(programme="", awards="")) == [
        ("Student/AcademicRecord/AcademicAward/AcademicAwardProgram/AcademicProgramName", "missing")
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-13T02:30:00Z", 12),  # half past ten in the evening in Toronto
        ("2026-06-13T02:30:00.125+00:00", 12),
        ("2026-01-01T05:00:00Z", 1),  # midnight, in winter
        ("2026-06-12T23:30:00-05:00", 12),  # as a sender in Winnipeg has it
        ("2026-06-12T23:30:00", 12),
        ("2026-06-12T24:00:00Z", 12),
        ("2026-06-12", 12),
    ],
)
def test_the_day_of_issue_is_the_one_where_it_was_issued(moment: str, day: int) -> None:
    file = FOREIGN.format(version="1.6.0").replace("2026-06-12T09:30:47-05:00", moment)
    found = reading.read(file.encode()).issued_on
    assert found
    assert found.day == day


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "not-xml"),
        (b"%PDF-1.7", "not-xml"),
        (b"<a><b></a>", "not-xml"),
        (b"<HighSchoolTranscript/>", "not-a-transcript"),
        (foreign("1.2.0"), "version-unknown"),
        (foreign("1.9.0"), "version-unknown"),
        (b"<CollegeTranscript/>", "version-unknown"),
        (b"x" * (MOST_BYTES + 1), "too-large"),
        (foreign(number="<a/>" * 70_000), "too-large"),
    ],
)
def test_what_is_no_transcript_is_refused_at_once(xml: bytes, code: str) -> None:
    assert problems(xml) == [("", code)]


def test_an_empty_transcript_says_what_it_lacks() -> None:
    xml = b'<c:CollegeTranscript xmlns:c="urn:org:pesc:message:CollegeTranscript:v1.8.0"/>'
    assert problems(xml) == [
        ("Student/Person", "missing"),
        ("AcademicRecord", "missing"),
        ("AcademicRecord", "no-courses"),
    ]


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
DOCTYPES = {
    "outside file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "network": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY e "&l11;">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    "bare": "<!DOCTYPE x>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_document_type_is_never_allowed(doctype: str) -> None:
    for title in ("<CourseTitle>&e;</CourseTitle>", "<CourseTitle>x</CourseTitle>"):
        started = time.perf_counter()
        (problem,) = problems(foreign(head=f"<?xml version='1.0'?>{doctype}", title=title))
        assert problem in {("", "document-type"), ("", "not-xml")}
        assert time.perf_counter() - started < 1


def test_another_encoding_is_no_way_around_it() -> None:
    text = foreign(head=f"<?xml version='1.0' encoding='UTF-16'?>{DOCTYPES['outside file']}").decode()
    assert problems(text.encode("utf-16")) == [("", "document-type")]


def test_depth_is_bounded() -> None:
    assert problems(foreign(number="<a>" * 5000 + "</a>" * 5000)) == [("", "not-xml")]


def test_comments_and_instructions_are_no_text() -> None:
    title = "<CourseTitle><!-- no --><?no no?>Storage<!-- no --></CourseTitle>"
    assert reading.read(foreign(title=title)).transcript.terms[1].courses[1].title_en == "Storage"


@given(text=some.text(max_size=500))
def test_any_text_is_read_or_refused(text: str) -> None:
    """In the place of a title: what XML allows is read tidily, the rest is refused."""
    xml = foreign(title=f"<CourseTitle>{escape(text)}</CourseTitle>".encode("utf-8", "replace").decode())
    try:
        reading.read(xml)
    except Unusable as found:
        assert found.problems


@given(cut=some.integers(0, len(FOREIGN)), junk=some.binary(max_size=20))
def test_any_damage_is_refused_or_read(cut: int, junk: bytes) -> None:
    whole = foreign()
    try:
        reading.read(whole[:cut] + junk + whole[cut + len(junk) :])
    except Unusable as found:
        assert found.problems
