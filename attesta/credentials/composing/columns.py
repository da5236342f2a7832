"""The columns of a CSV file (or the keys of a form) that make a document, with what to say of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attesta.credentials.composing.kinds import DocumentKind


class Form(StrEnum):
    """How a value is written."""

    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    DATE = "date"
    TERM = "term"
    NUMBER = "number"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """``longest`` is in characters; ``per_course`` columns change from row to row of one transcript."""

    name: str
    form: Form
    required: bool
    example: str
    help_fr: str
    help_en: str
    longest: int = 200
    per_course: bool = False

    def help(self, language: str) -> str:
        return self.help_fr if language == "fr" else self.help_en


def _text(name: str, example: str, fr: str, en: str, *, required: bool = False, longest: int = 200) -> Column:
    return Column(name, Form.TEXT, required, example, fr, en, longest)


def _both(name: str, examples: tuple[str, str], fr: str, en: str, *, required: bool = False) -> tuple[Column, Column]:
    """``name_fr`` and ``name_en``: when one is filled, the other must be."""
    return (
        _text(f"{name}_fr", examples[0], _told(fr, "en français"), _told(en, "in French"), required=required),
        _text(f"{name}_en", examples[1], _told(fr, "en anglais"), _told(en, "in English"), required=required),
    )


def _told(what: str, language: str) -> str:
    """The first sentence names the language: a form shows it alone, as the field's label."""
    first, *more = what.split(". ")
    return ". ".join([f"{first}, {language}", *more]) + "."


def _other(name: str, form: Form, example: str, fr: str, en: str, longest: int = 20) -> Column:
    return Column(name, form, False, example, fr, en, longest)


def _course(
    name: str, form: Form, example: str, fr: str, en: str, *, required: bool = False, longest: int = 200
) -> Column:
    return Column(name, form, required, example, fr, en, longest, per_course=True)


LEARNER = _text(
    "learner_name",
    "Zoé Citoyenne",
    "Nom de la personne diplômée ou étudiante, tel qu’il est imprimé.",
    "Name of the graduate or student, as it is printed.",
    required=True,
    longest=150,
)
STUDENT = _text("student_number", "20214876", "Matricule.", "Student number.", longest=40)
CONFERRED = _other(
    "conferred_on",
    Form.DATE,
    "2026-06-12",
    "Date de la collation du grade, AAAA-MM-JJ. Sans elle, la date d’émission est imprimée.",
    "Date on which the degree was conferred, YYYY-MM-DD. Without it, the date of issue is printed.",
)
PROGRAMME = (
    "Baccalauréat en océanographie",
    "Bachelor of Science in Oceanography",
)
DEGREE = ("Bachelière ès sciences (B. Sc.)", "Bachelor of Science (B.Sc.)")

DIPLOMA = (
    LEARNER,
    *_both("degree", DEGREE, "Grade ou certificat décerné", "Degree or certificate awarded", required=True),
    *_both("field", ("Océanographie", "Oceanography"), "Domaine d’études", "Field of study"),
    *_both("honours", ("avec distinction", "with distinction"), "Mention", "Honours"),
    *_both(
        "faculty",
        ("la Faculté des sciences de la mer", "the Faculty of Marine Sciences"),
        "Faculté qui recommande, avec son article",
        "Recommending faculty, with its article",
    ),
    CONFERRED,
)

TRANSCRIPT = (
    LEARNER,
    _text("given_name", "Zoé", "Prénom, pour le relevé en XML.", "Given name, for the transcript in XML.", longest=35),
    _text(
        "family_name", "Citoyenne", "Nom de famille, pour le relevé en XML.", "Family name, for the transcript in XML.",
        longest=35,
    ),
    Column("student_number", Form.TEXT, True, "20214876", "Matricule.", "Student number.", 20),
    _other("birth_date", Form.DATE, "2003-03-22", "Date de naissance, AAAA-MM-JJ.", "Date of birth, YYYY-MM-DD."),
    *_both("programme", PROGRAMME, "Programme d’études", "Programme of study", required=True),
    *_both("degree", DEGREE, "Grade décerné", "Degree awarded"),
    CONFERRED,
    _other("credits", Form.NUMBER, "96", "Crédits obtenus, au total.", "Credits earned, in total."),
    _other(
        "average",
        Form.NUMBER,
        "3.84",
        "Moyenne cumulative, calculée par l’établissement.",
        "Cumulative average, as the institution counts it.",
    ),
    _other("average_top", Form.NUMBER, "4.3", "Moyenne la plus haute possible.", "The highest possible average."),
    *_both(
        "note",
        ("Études suivies à temps partiel.", "Studied part-time."),
        "Remarque imprimée sur le relevé",
        "Remark printed on the transcript",
    ),
    Column(
        "courses",
        Form.JSON,
        False,
        "",
        "Les cours en JSON, au lieu d’une ligne par cours : une liste d’objets aux clés des colonnes de cours.",
        "The courses as JSON, instead of one row a course: a list of objects with the course columns as keys.",
        200_000,
    ),
)  # fmt: skip

COURSES = (
    _course("term", Form.TERM, "2025-09", "Premier mois du trimestre, AAAA-MM.", "First month of the term, YYYY-MM.",
            required=True),
    _course("term_fr", Form.TEXT, "Automne 2025", "Nom du trimestre en français. Sans lui : d’après le mois.",
            "Name of the term in French. Without it: by its month.", longest=60),
    _course("term_en", Form.TEXT, "Fall 2025", "Nom du trimestre en anglais. Sans lui : d’après le mois.",
            "Name of the term in English. Without it: by its month.", longest=60),
    _course("course_code", Form.TEXT, "OCE-1010", "Sigle du cours.", "Course code.", required=True, longest=30),
    _course("course_title_fr", Form.TEXT, "Introduction à l’océanographie",
            "Titre du cours en français. Un des deux titres suffit.",
            "Course title in French. One of the two titles is enough."),
    _course("course_title_en", Form.TEXT, "Introduction to Oceanography",
            "Titre du cours en anglais. Un des deux titres suffit.",
            "Course title in English. One of the two titles is enough."),
    _course("course_credits", Form.NUMBER, "3", "Crédits du cours.", "Credits of the course.", required=True),
    _course("course_earned", Form.NUMBER, "3", "Crédits obtenus, s’ils diffèrent.", "Credits earned, if they differ."),
    _course("grade", Form.TEXT, "A+", "Note.", "Grade.", required=True, longest=10),
    _course("points", Form.NUMBER, "12.9", "Points du cours dans la moyenne.", "Points of the course in the average."),
    _course("term_credits", Form.NUMBER, "15", "Crédits du trimestre, sur une ligne au moins du trimestre.",
            "Credits of the term, on one row of the term at least."),
    _course("term_average", Form.NUMBER, "3.66", "Moyenne du trimestre.", "Average of the term."),
    _course("cumulative_credits", Form.NUMBER, "15", "Crédits cumulés à la fin du trimestre.",
            "Cumulative credits at the end of the term."),
    _course("cumulative_average", Form.NUMBER, "3.66", "Moyenne cumulative à la fin du trimestre.",
            "Cumulative average at the end of the term."),
)  # fmt: skip

ATTESTATION = (
    LEARNER,
    STUDENT,
    *_both(
        "title",
        ("Attestation d’inscription", "Confirmation of enrolment"),
        "Titre du document. Sans lui : celui du modèle",
        "Title of the document. Without it: the design’s",
    ),
    *_both("programme", PROGRAMME, "Programme d’études", "Programme of study"),
    *_both("standing", ("Temps complet", "Full time"), "Régime d’études", "Study status"),
    *_both("period", ("Hiver 2026", "Winter 2026"), "Période attestée", "Period attested"),
    _other("start_on", Form.DATE, "2025-09-02", "Début des études, AAAA-MM-JJ.", "Start of studies, YYYY-MM-DD."),
    _other("end_on", Form.DATE, "2029-04-30", "Fin (prévue) des études, AAAA-MM-JJ.",
           "(Expected) end of studies, YYYY-MM-DD."),
    Column("text_fr", Form.PARAGRAPHS, False, "",
           "Texte de l’attestation en français; une ligne vide sépare les paragraphes. Sans lui : celui du modèle.",
           "Text of the attestation in French; an empty line parts paragraphs. Without it: the design’s.", 3000),
    Column("text_en", Form.PARAGRAPHS, False, "",
           "Texte de l’attestation en anglais; une ligne vide sépare les paragraphes. Sans lui : celui du modèle.",
           "Text of the attestation in English; an empty line parts paragraphs. Without it: the design’s.", 3000),
    Column("facts", Form.JSON, False, "",
           "Autres renseignements en JSON : une liste d’objets label_fr, label_en, value_fr, value_en.",
           "Further facts as JSON: a list of objects label_fr, label_en, value_fr, value_en.", 20_000),
)  # fmt: skip

COLUMNS: dict[DocumentKind, tuple[Column, ...]] = {
    DocumentKind.DIPLOMA: DIPLOMA,
    DocumentKind.TRANSCRIPT: (*TRANSCRIPT, *COURSES),
    DocumentKind.ATTESTATION: ATTESTATION,
}
