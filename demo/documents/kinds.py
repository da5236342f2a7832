"""What each kind of document says. Words in both languages; how they are set is for the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demo.documents.programmes import Programme
from demo.documents.schools import School


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in French and English."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Diploma:
    """``body`` is who confers it ("Le Conseil…"), ``award`` the degree, ``field`` what in."""

    school: School
    title: Both
    learner: str
    body: Both
    verb: Both
    award: Both
    field: Both
    rights: Both
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Transcript:
    school: School
    title: Both
    learner: str
    student: str
    programme_title: str
    credential: str
    programme: Programme
    number: str
    issued_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """``facts`` are label → value rows shown in both languages between the two texts."""

    school: School
    title: Both
    learner: str
    paragraphs: tuple[Both, ...]
    facts: tuple[tuple[Both, Both], ...]
    number: str
    issued_on: date


Document = Diploma | Transcript | Letter
