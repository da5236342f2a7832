"""The documents of the demonstration and what each says; composed when they are issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from attesta.credentials.composing.fields import Attestation, Diploma, Fact, Fields, Transcript
from demo.documents import programmes
from demo.documents.records import record
from demo.documents.schools import NORTHLAKE, TIDES, School

ZOE, ALEX = "Zoé Citoyenne", "Alex Morgan"
FULL_TIME: dict[str, Any] = {"standing_fr": "Temps complet", "standing_en": "Full time"}
ENROLMENT: dict[str, Any] = {"title_fr": "Attestation de fréquentation", "title_en": "Confirmation of enrolment"}
OCEANOGRAPHY: dict[str, Any] = {
    "programme_fr": "Baccalauréat en océanographie et systèmes côtiers, 96 crédits",
    "programme_en": "Bachelor of Science in Oceanography and Coastal Systems, 96 credits",
    "degree_fr": "Bachelière ès sciences (B. Sc.)",
    "degree_en": "Bachelor of Science (B.Sc.)",
}
HYDROGRAPHY: dict[str, Any] = {
    "programme_fr": "Certificat d’études supérieures en levés hydrographiques",
    "programme_en": "Graduate Certificate in Hydrographic Surveying",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with the titles under which it is issued, which are its template's; ``wording`` is the template's."""

    school: School
    title_fr: str
    title_en: str
    fields: Fields
    number: str
    issued_on: date
    expires_on: date | None = None
    wording: Mapping[str, str] = field(default_factory=dict)


def last_summer(today: date) -> int:
    """The year of the newest academic year whose autumn ceremonies are past."""
    return (today - timedelta(days=285)).year


# --- Zoé at the university -----------------------------------------------------------------------


def bachelor_diploma(year: int) -> Paper:
    return Paper(
        school=TIDES,
        title_fr="Baccalauréat ès sciences, océanographie",
        title_en="Bachelor of Science, Oceanography",
        number=f"UGM-D-{year}-004127",
        issued_on=date(year, 6, 12),
        fields=Diploma(
            learner_name=ZOE,
            degree_fr="Bachelière ès sciences (B. Sc.)",
            degree_en="Bachelor of Science",
            field_fr="Océanographie et systèmes côtiers",
            field_en="Oceanography and Coastal Systems",
            honours_fr="avec distinction",
            honours_en="with distinction",
            faculty_fr="la Faculté des sciences de la mer",
            faculty_en="the Faculty of Marine Sciences",
        ),
        wording={
            "confers_fr": "Le Conseil de l’Université, sur la recommandation de {faculty}, confère à",
            "confers_en": "The Council of the University, on the recommendation of {faculty}, confers upon",
        },
    )


def bachelor_transcript(year: int, *, corrected_on: date | None = None) -> Paper:
    """As first issued, or with one grade corrected after a review."""
    grades = {"OCE-3120": "A+"} if corrected_on else {}
    notes: dict[str, Any] = {
        "note_fr": "Remplace le relevé émis en juin : note du cours OCE-3120 corrigée après révision"
        " (A+ au lieu de A).",
        "note_en": "Replaces the transcript issued in June: grade of course OCE-3120 corrected after a review"
        " (A+ instead of A).",
    }
    programme = programmes.load("marine-science", start=year - 3).regraded(grades)
    return Paper(
        school=TIDES,
        title_fr="Relevé de notes, baccalauréat",
        title_en="Transcript, bachelor’s degree",
        number=f"UGM-R-{year}-011873",
        issued_on=corrected_on or date(year, 6, 19),
        fields=Transcript(
            learner_name=ZOE,
            given_name="Zoé",
            family_name="Citoyenne",
            student_number="20 214 876",
            conferred_on=date(year, 6, 12),
            **OCEANOGRAPHY,
            **(notes if corrected_on else {}),
            **record(programme, spoken="fr"),
        ),
    )


def attendance(year: int) -> Paper:
    return Paper(
        school=TIDES,
        title_fr=ENROLMENT["title_fr"],
        title_en=ENROLMENT["title_en"],
        number=f"UGM-A-{year}-000912",
        issued_on=date(year, 1, 20),
        expires_on=date(year, 5, 1),
        fields=Attestation(
            learner_name=ZOE,
            student_number="20 214 876",
            programme_fr="Baccalauréat en océanographie et systèmes côtiers",
            programme_en="Bachelor of Science in Oceanography",
            period_fr=f"Hiver {year}, de janvier à avril",
            period_en=f"Winter {year}, January to April",
            facts=(Fact("Fin prévue des études", "Expected completion", f"Avril {year}", f"April {year}"),),
            **ENROLMENT,
            **FULL_TIME,
        ),
        wording={
            "text_fr": "La personne nommée ci-dessous est inscrite à l’Université des Grandes-Marées et fréquente"
            " l’établissement au trimestre indiqué.\n\nCette attestation lui est remise pour servir à qui de droit."
            " Elle vaut jusqu’à la fin du trimestre.",
            "text_en": "The person named above is enrolled at the Université des Grandes-Marées and attends it during"
            " the term shown.\n\nThis letter is given for whatever purpose it may serve. It is current until the end"
            " of the term.",
        },
    )


# --- Zoé at the polytechnic ----------------------------------------------------------------------


def hydrography_certificate(year: int) -> Paper:
    return Paper(
        school=NORTHLAKE,
        title_fr="Certificat en levés hydrographiques",
        title_en="Graduate Certificate in Hydrographic Surveying",
        number=f"NP-G-{year}-0361",
        issued_on=date(year, 9, 18),
        fields=Diploma(
            learner_name=ZOE,
            degree_fr="Certificat d’études supérieures",
            degree_en="Graduate Certificate",
            field_fr="en levés hydrographiques",
            field_en="in Hydrographic Surveying",
            faculty_fr="l’École de géomatique",
            faculty_en="the School of Geomatics",
        ),
        wording={
            "confers_fr": "Le Conseil des études, sur la recommandation de {faculty}, décerne à",
            "confers_en": "The Academic Council, on the recommendation of {faculty}, awards to",
            "award_fr": "le",
            "award_en": "the",
            "rights_fr": "en reconnaissance des études accomplies et des épreuves réussies.",
            "rights_en": "in recognition of studies completed and examinations passed.",
        },
    )


def hydrography_transcript(year: int) -> Paper:
    return Paper(
        school=NORTHLAKE,
        title_fr="Relevé de notes, levés hydrographiques",
        title_en="Transcript, Hydrographic Surveying",
        number=f"NP-T-{year}-2284",
        issued_on=date(year, 9, 22),
        fields=Transcript(
            learner_name=ZOE,
            given_name="Zoé",
            family_name="Citoyenne",
            student_number="N0051907",
            degree_fr="Certificat d’études supérieures",
            degree_en="Graduate Certificate",
            conferred_on=date(year, 9, 18),
            **HYDROGRAPHY,
            **record(programmes.load("hydrography", start=year - 1), spoken="en"),
        ),
    )


def hydrography_enrolment(year: int) -> Paper:
    return Paper(
        school=NORTHLAKE,
        title_fr=ENROLMENT["title_fr"],
        title_en=ENROLMENT["title_en"],
        number=f"NP-C-{year - 1}-1140",
        issued_on=date(year - 1, 10, 6),
        fields=Attestation(
            learner_name=ZOE,
            student_number="N0051907",
            facts=(
                Fact("Début des études", "Start of studies", f"Septembre {year - 1}", f"September {year - 1}"),
                Fact("Fin prévue des études", "Expected completion", f"Août {year + 1}", f"August {year + 1}"),
            ),
            **ENROLMENT,
            **HYDROGRAPHY,
            **FULL_TIME,
        ),
        wording={
            "text_fr": "La personne nommée ci-dessus est inscrite à l’École polytechnique de Northlake dans le"
            " programme indiqué.\n\nCette attestation lui est remise pour servir à qui de droit.",
            "text_en": "The person named below is enrolled at Northlake Polytechnic in the programme shown.\n\nThis"
            " letter is given for whatever purpose it may serve.",
        },
    )


# --- Alex ----------------------------------------------------------------------------------------


def technology_diploma(year: int) -> Paper:
    return Paper(
        school=NORTHLAKE,
        title_fr="Baccalauréat en technologie, énergie renouvelable",
        title_en="Bachelor of Technology, Renewable Energy Systems",
        number=f"NP-D-{year}-0098",
        issued_on=date(year, 6, 5),
        fields=Diploma(
            learner_name=ALEX,
            degree_fr="Baccalauréat en technologie (B. Tech.)",
            degree_en="Bachelor of Technology (B.Tech.)",
            field_fr="Systèmes d’énergie renouvelable, régime coopératif",
            field_en="Renewable Energy Systems, Co-operative Programme",
            faculty_fr="l’École d’énergie et d’environnement",
            faculty_en="the School of Energy and Environment",
        ),
        wording={
            "confers_fr": "Le Conseil des études, sur la recommandation de {faculty}, confère à",
            "confers_en": "The Academic Council, on the recommendation of {faculty}, confers upon",
            "rights_fr": "avec tous les droits et privilèges qui s’y rattachent.",
            "rights_en": "with all the rights and privileges thereto.",
        },
    )


def technology_transcript(year: int) -> Paper:
    return Paper(
        school=NORTHLAKE,
        title_fr="Relevé de notes, baccalauréat en technologie",
        title_en="Transcript, Bachelor of Technology",
        number=f"NP-T-{year}-1177",
        issued_on=date(year, 6, 10),
        fields=Transcript(
            learner_name=ALEX,
            given_name="Alex",
            family_name="Morgan",
            student_number="N0048213",
            programme_fr="Baccalauréat en technologie, systèmes d’énergie renouvelable, régime coopératif",
            programme_en="Bachelor of Technology, Renewable Energy Systems, Co-operative",
            degree_fr="Baccalauréat en technologie (B. Tech.)",
            degree_en="Bachelor of Technology (B.Tech.)",
            conferred_on=date(year, 6, 5),
            **record(programmes.load("renewable-energy", start=year - 4), spoken="en"),
        ),
    )


def summer_school(year: int) -> Paper:
    return Paper(
        school=TIDES,
        title_fr="Attestation de réussite, français d’été",
        title_en="Confirmation of completion, summer French",
        number=f"UGM-E-{year}-000233",
        issued_on=date(year, 8, 4),
        fields=Attestation(
            learner_name=ALEX,
            student_number="E 880 431",
            title_fr="Attestation de réussite",
            title_en="Confirmation of completion",
            programme_fr="Le français au bord de l’eau",
            programme_en="Le français au bord de l’eau",
            period_fr=f"Du 7 au 25 juillet {year}",
            period_en=f"July 7 to 25, {year}",
            facts=(
                Fact("Niveau atteint", "Level reached", "B2, avancé", "B2, upper intermediate"),
                Fact("Crédits", "Credits", "3", "3"),
            ),
        ),
        wording={
            "text_fr": "La personne nommée ci-dessous a réussi le programme d’été « Le français au bord de l’eau ».\n\n"
            "Le programme compte quinze jours de cours et de sorties en français ; il donne trois crédits.",
            "text_en": "The person named above has completed the summer programme “Le français au bord de l’eau”.\n\n"
            "The programme is fifteen days of classes and outings in French; it earns three credits.",
        },
    )
