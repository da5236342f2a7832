"""The documents of the demonstration and what each says; composed when they are issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from demo.documents import programmes
from demo.documents.kinds import Both, Diploma, Document, Letter, Transcript
from demo.documents.schools import NORTHLAKE, TIDES

ZOE, ALEX = "Zoé Citoyenne", "Alex Morgan"
TRANSCRIPT = Both("Relevé de notes officiel", "Official transcript")
ENROLMENT = Both("Attestation de fréquentation", "Confirmation of enrolment")
NAME, STATUS, TERM = Both("Nom", "Name"), Both("Régime d’études", "Status"), Both("Trimestre", "Term")
STUDENT, PROGRAMME = Both("Matricule", "Student number"), Both("Programme", "Programme")
FULL_TIME = Both("Temps complet", "Full time")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with the title under which it is issued."""

    title: Both
    document: Document
    expires_on: date | None = None


def same(text: str) -> Both:
    """Names and numbers read alike in both languages."""
    return Both(text, text)


def last_summer(today: date) -> int:
    """The year of the newest academic year whose autumn ceremonies are past."""
    return (today - timedelta(days=285)).year


# --- Zoé at the university -----------------------------------------------------------------------


def bachelor_diploma(year: int) -> Paper:
    return Paper(
        Both("Baccalauréat ès sciences, océanographie", "Bachelor of Science, Oceanography"),
        Diploma(
            school=TIDES,
            title=Both("Diplôme de baccalauréat", "Bachelor’s degree"),
            learner=ZOE,
            body=Both(
                "Le Conseil de l’Université, sur la recommandation de la Faculté des sciences de la mer, confère à",
                "The Council of the University, on the recommendation of the Faculty of Marine Sciences, confers upon",
            ),
            verb=Both("le grade de", "the degree of"),
            award=Both("Bachelière ès sciences (B. Sc.)", "Bachelor of Science"),
            field=Both(
                "Océanographie et systèmes côtiers, avec distinction",
                "Oceanography and Coastal Systems, with distinction",
            ),
            rights=Both(
                "avec tous les droits, honneurs et privilèges qui s’y rattachent.",
                "with all the rights, honours and privileges thereto.",
            ),
            number=f"UGM-D-{year}-004127",
            issued_on=date(year, 6, 12),
        ),
    )


def bachelor_transcript(year: int, *, corrected_on: date | None = None) -> Paper:
    """As first issued, or with one grade corrected after a review."""
    grades = {"OCE-3120": "A+"} if corrected_on else {}
    note = (
        "Remplace le relevé délivré en juin : note du cours OCE-3120 corrigée après révision (A+ au lieu de A)."
        if corrected_on
        else ""
    )
    return Paper(
        Both("Relevé de notes, baccalauréat", "Transcript, bachelor’s degree"),
        Transcript(
            school=TIDES,
            title=TRANSCRIPT,
            learner=ZOE,
            student="20 214 876",
            programme_title="Baccalauréat en océanographie et systèmes côtiers, 96 crédits",
            credential="Bachelière ès sciences (B. Sc.)",
            programme=programmes.load("marine-science", start=year - 3).regraded(grades),
            number=f"UGM-R-{year}-011873",
            issued_on=corrected_on or date(year, 6, 19),
            note=note,
        ),
    )


def attendance(year: int) -> Paper:
    return Paper(
        ENROLMENT,
        Letter(
            school=TIDES,
            title=ENROLMENT,
            learner=ZOE,
            paragraphs=(
                Both(
                    "La personne nommée ci-dessous est inscrite à l’Université des Grandes-Marées et fréquente"
                    " l’établissement au trimestre indiqué.",
                    "The person named above is enrolled at the Université des Grandes-Marées and attends it during"
                    " the term shown.",
                ),
                Both(
                    "Cette attestation lui est remise pour servir à qui de droit."
                    " Elle vaut jusqu’à la fin du trimestre.",
                    "This letter is given for whatever purpose it may serve. It is current until the end of the term.",
                ),
            ),
            facts=(
                (NAME, same(ZOE)),
                (STUDENT, same("20 214 876")),
                (
                    PROGRAMME,
                    Both("Baccalauréat en océanographie et systèmes côtiers", "Bachelor of Science in Oceanography"),
                ),
                (STATUS, FULL_TIME),
                (TERM, Both(f"Hiver {year}, de janvier à avril", f"Winter {year}, January to April")),
                (Both("Fin prévue des études", "Expected completion"), Both(f"Avril {year}", f"April {year}")),
            ),
            number=f"UGM-A-{year}-000912",
            issued_on=date(year, 1, 20),
        ),
        expires_on=date(year, 5, 1),
    )


# --- Zoé at the polytechnic ----------------------------------------------------------------------


def hydrography_certificate(year: int) -> Paper:
    return Paper(
        Both("Certificat en levés hydrographiques", "Graduate Certificate in Hydrographic Surveying"),
        Diploma(
            school=NORTHLAKE,
            title=Both("Certificat d’études supérieures", "Graduate certificate"),
            learner=ZOE,
            body=Both(
                "Le Conseil des études, sur la recommandation de l’École de géomatique, décerne à",
                "The Academic Council, on the recommendation of the School of Geomatics, awards to",
            ),
            verb=Both("le", "the"),
            award=Both("Certificat d’études supérieures", "Graduate Certificate"),
            field=Both("Levés hydrographiques", "in Hydrographic Surveying"),
            rights=Both(
                "en reconnaissance des études accomplies et des épreuves réussies.",
                "in recognition of studies completed and examinations passed.",
            ),
            number=f"NP-G-{year}-0361",
            issued_on=date(year, 9, 18),
        ),
    )


def hydrography_transcript(year: int) -> Paper:
    return Paper(
        Both("Relevé de notes, levés hydrographiques", "Transcript, Hydrographic Surveying"),
        Transcript(
            school=NORTHLAKE,
            title=TRANSCRIPT,
            learner=ZOE,
            student="N0051907",
            programme_title="Graduate Certificate in Hydrographic Surveying",
            credential="Graduate Certificate",
            programme=programmes.load("hydrography", start=year - 1),
            number=f"NP-T-{year}-2284",
            issued_on=date(year, 9, 22),
        ),
    )


def hydrography_enrolment(year: int) -> Paper:
    return Paper(
        ENROLMENT,
        Letter(
            school=NORTHLAKE,
            title=ENROLMENT,
            learner=ZOE,
            paragraphs=(
                Both(
                    "La personne nommée ci-dessus est inscrite à l’École polytechnique de Northlake dans le programme"
                    " indiqué.",
                    "The person named below is enrolled at Northlake Polytechnic in the programme shown.",
                ),
                Both(
                    "Cette attestation lui est remise pour servir à qui de droit.",
                    "This letter is given for whatever purpose it may serve.",
                ),
            ),
            facts=(
                (NAME, same(ZOE)),
                (STUDENT, same("N0051907")),
                (
                    PROGRAMME,
                    Both(
                        "Certificat d’études supérieures en levés hydrographiques",
                        "Graduate Certificate in Hydrographic Surveying",
                    ),
                ),
                (STATUS, FULL_TIME),
                (Both("Début des études", "Start of studies"), Both(f"Septembre {year - 1}", f"September {year - 1}")),
                (Both("Fin prévue des études", "Expected completion"), Both(f"Août {year + 1}", f"August {year + 1}")),
            ),
            number=f"NP-C-{year - 1}-1140",
            issued_on=date(year - 1, 10, 6),
        ),
    )


# --- Alex ----------------------------------------------------------------------------------------


def technology_diploma(year: int) -> Paper:
    return Paper(
        Both("Baccalauréat en technologie, énergie renouvelable", "Bachelor of Technology, Renewable Energy Systems"),
        Diploma(
            school=NORTHLAKE,
            title=Both("Diplôme de baccalauréat", "Bachelor’s degree"),
            learner=ALEX,
            body=Both(
                "Le Conseil des études, sur la recommandation de l’École d’énergie et d’environnement, confère à",
                "The Academic Council, on the recommendation of the School of Energy and Environment, confers upon",
            ),
            verb=Both("le grade de", "the degree of"),
            award=Both("Baccalauréat en technologie (B. Tech.)", "Bachelor of Technology (B.Tech.)"),
            field=Both("Systèmes d’énergie renouvelable", "Renewable Energy Systems, Co-operative Programme"),
            rights=Both(
                "avec tous les droits et privilèges qui s’y rattachent.",
                "with all the rights and privileges thereto.",
            ),
            number=f"NP-D-{year}-0098",
            issued_on=date(year, 6, 5),
        ),
    )


def technology_transcript(year: int) -> Paper:
    return Paper(
        Both("Relevé de notes, baccalauréat en technologie", "Transcript, Bachelor of Technology"),
        Transcript(
            school=NORTHLAKE,
            title=TRANSCRIPT,
            learner=ALEX,
            student="N0048213",
            programme_title="Bachelor of Technology, Renewable Energy Systems, Co-operative",
            credential="Bachelor of Technology (B.Tech.)",
            programme=programmes.load("renewable-energy", start=year - 4),
            number=f"NP-T-{year}-1177",
            issued_on=date(year, 6, 10),
        ),
    )


def summer_school(year: int) -> Paper:
    return Paper(
        Both("Attestation de réussite, français d’été", "Confirmation of completion, summer French"),
        Letter(
            school=TIDES,
            title=Both("Attestation de réussite", "Confirmation of completion"),
            learner=ALEX,
            paragraphs=(
                Both(
                    "La personne nommée ci-dessous a réussi le programme d’été « Le français au bord de l’eau ».",
                    "The person named above has completed the summer programme “Le français au bord de l’eau”.",
                ),
                Both(
                    "Le programme compte quinze jours de cours et de sorties en français ; il donne trois crédits.",
                    "The programme is fifteen days of classes and outings in French; it earns three credits.",
                ),
            ),
            facts=(
                (NAME, same(ALEX)),
                (STUDENT, same("E 880 431")),
                (Both("Programme", "Programme"), same("Le français au bord de l’eau")),
                (Both("Période", "Dates"), Both(f"Du 7 au 25 juillet {year}", f"July 7 to 25, {year}")),
                (Both("Niveau atteint", "Level reached"), Both("B2, avancé", "B2, upper intermediate")),
                (Both("Crédits", "Credits"), same("3")),
            ),
            number=f"UGM-E-{year}-000233",
            issued_on=date(year, 8, 4),
        ),
    )
