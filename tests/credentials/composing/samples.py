"""One institution's paper and what it says of Zoé; for tests that compose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attesta.credentials.composing import compose
from attesta.credentials.composing.compose import Verification
from attesta.credentials.composing.design import Design, Grade, Note, Signatory
from attesta.credentials.composing.fields import Attestation, Course, Diploma, Fields, Term, Transcript

CODE = "K7QX-9M2F-3ABC-DEFG-HJ49"
VERSION = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
VERIFICATION = Verification(CODE, f"https://attesta.example/verify/{CODE}?v={VERSION}")
ISSUED = date(2026, 6, 12)
NUMBER = "UGM-D-2026-004127"
CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path fill="#1c5f6b" d="M5 0l5 10H0z"/></svg>'
HAND = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#1a2b4c" d="M1 8q3-9 6 0"/></svg>'
DESIGN = Design(
    name_fr="Université des Grandes-Marées",
    name_en="University of the Great Tides",
    unit_fr="Bureau du registraire",
    unit_en="Office of the Registrar",
    place_fr="Port-aux-Marées (Québec)",
    place_en="Port-aux-Marées, Quebec",
    website="https://grandes-marees.example",
    address="14, rue du Phare",
    phone="418 555-0142",
    email="registraire@grandes-marees.example",
    accent="#1c5f6b",
    warm="#b98a3e",
    crest=CREST,
    founded="MCMXLVIII",
    signatories=(
        Signatory("Marguerite Lavoie-Tessier", "Rectrice", "Rector", HAND),
        Signatory("Théodore Vaillancourt", "Registraire", "Registrar"),
    ),
    grades=(Grade("A+", Decimal("4.3"), "excellent", "excellent"), Grade("B-", Decimal("2.7"), "bon", "good")),
    notes=(Note("Crédit", "Credit", "Quarante-cinq heures de travail.", "Forty-five hours of work."),),
)
DIPLOMA = Diploma(
    learner_name="Zoé Citoyenne",
    degree_fr="Bachelière ès sciences (B. Sc.)",
    degree_en="Bachelor of Science (B.Sc.)",
    field_fr="Océanographie",
    field_en="Oceanography",
    honours_fr="avec distinction",
    honours_en="with distinction",
    faculty_fr="la Faculté des sciences de la mer",
    faculty_en="the Faculty of Marine Sciences",
)
ATTESTATION = Attestation(
    learner_name="Zoé Citoyenne",
    student_number="20 214 876",
    programme_fr="Baccalauréat en océanographie",
    programme_en="Bachelor of Science in Oceanography",
    standing_fr="Temps complet",
    standing_en="Full time",
    start_on=date(2025, 9, 2),
)


def course(code: str, grade: str = "A") -> Course:
    return Course(
        code=code,
        credits=Decimal("3"),
        grade=grade,
        title_fr=f"Introduction à {code}",
        title_en=f"Introduction to {code}",
        points=Decimal("12.0"),
    )


def term(index: int, courses: int) -> Term:
    """Autumn after autumn."""
    return Term(
        code=f"{2020 + index}-09",
        name_fr=f"Automne {2020 + index}",
        name_en=f"Fall {2020 + index}",
        courses=tuple(course(f"OCE-{index}{number:03}", "A-" if number == 0 else "A") for number in range(courses)),
        credits=Decimal(3 * courses),
        average=Decimal("3.84"),
        cumulative_credits=Decimal(3 * courses * (index + 1)),
        cumulative_average=Decimal("3.91"),
    )


def transcript(terms: int = 2, courses: int = 3) -> Transcript:
    return Transcript(
        learner_name="Zoé Citoyenne",
        given_name="Zoé",
        family_name="Citoyenne",
        student_number="20214876",
        birth_date=date(2003, 3, 22),
        programme_fr="Baccalauréat en océanographie",
        programme_en="Bachelor of Science in Oceanography",
        degree_fr="Bachelière ès sciences (B. Sc.)",
        degree_en="Bachelor of Science (B.Sc.)",
        conferred_on=ISSUED,
        credits=Decimal(3 * courses * terms),
        average=Decimal("3.91"),
        average_top=Decimal("4.3"),
        note_fr="Études suivies à temps partiel.",
        note_en="Studied part-time.",
        terms=tuple(term(index, courses) for index in range(terms)),
    )


def composed(fields: Fields, design: Design = DESIGN, *, twin: bytes | None = b"{}", number: str = NUMBER) -> bytes:
    return compose.compose(fields, design=design, verification=VERIFICATION, issued_on=ISSUED, number=number, twin=twin)
