"""Namespaces, versions and lengths of PESC College Transcript."""

from __future__ import annotations

import re

MESSAGE = "urn:org:pesc:message:CollegeTranscript:v1.8.0"
SECTOR = "urn:org:pesc:sector:AcademicRecord:v1.13.0"
CORE = "urn:org:pesc:core:CoreMain:v1.19.0"
ROOT = "CollegeTranscript"
READ = re.compile(r"urn:org:pesc:message:CollegeTranscript:v(1\.[3-8])\.\d+")

# The longest text of each element (CoreMain); longer text stands whole in notes.
LENGTHS = {
    "AcademicAwardTitle": 400,
    "AcademicProgramName": 60,
    "CompositeName": 60,
    "CourseAcademicGrade": 10,
    "CourseNumber": 15,
    "CourseSubjectAbbreviation": 10,
    "CourseTitle": 60,
    "DocumentID": 35,
    "FirstName": 35,
    "LastName": 35,
    "NoteMessage": 80,
    "OrganizationName": 60,
    "SchoolAssignedPersonID": 20,
    "SessionName": 30,
}
# How an organisation is told apart; what Canada uses stands first.
CODES = ("CSIS", "USIS", "ESIS", "PSIS", "APAS", "OPEID", "FICE", "IPEDS", "ACT", "ATP", "MutuallyDefined")
CSIS_LENGTH = 6
# For a course without a grade, what its status says.
STATUSES = {
    "AuditedCourse": "AUD",
    "Completed": "CMP",
    "HonorsGrade": "H",
    "Incomplete": "INC",
    "IncompleteNotResolvedFail": "F",
    "InProgress": "IP",
    "NotYetReported": "NR",
    "OtherFail": "F",
    "OtherPass": "P",
    "PassFailFail": "F",
    "PassFailPass": "P",
    "PlanningToTake": "PL",
    "TransferNoGrade": "TR",
    "Withdrew": "W",
    "WithdrewFailing": "WF",
    "WithdrewNoPenalty": "W",
    "WithdrewPassing": "WP",
}
