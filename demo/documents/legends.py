"""How to read the institutions' transcripts: their grades, and what their words mean."""

from __future__ import annotations

from demo.documents.programmes import SCALES
from demo.documents.schools import TIDES, School

MEANINGS = {
    "A": ("excellent", "excellent"),
    "B": ("très bon", "very good"),
    "C": ("bon", "good"),
    "D": ("passable", "pass"),
    "E": ("échec", "failure"),
    "F": ("échec", "failure"),
    "P": ("réussi", "passed"),
}
NOTES = (
    (
        "Crédit",
        "Credit",
        "Un crédit représente quarante-cinq heures de travail, cours, travaux et étude compris.",
        "One credit stands for forty-five hours of work: classes, assignments and study.",
    ),
    (
        "Moyenne",
        "Average",
        "Somme des points de chaque cours multipliés par ses crédits, divisée par la somme des crédits notés."
        " Elle est arrondie au centième.",
        "The points of each course times its credits, added up and divided by the graded credits."
        " It is rounded to two places.",
    ),
    (
        "P",
        "P",
        "Réussi. Le cours donne ses crédits et n’entre pas dans la moyenne.",
        "Passed. The course earns its credits and does not count in the average.",
    ),
    (
        "Trimestres",
        "Terms",
        "Automne : de septembre à décembre. Hiver : de janvier à avril. Été : de mai à août.",
        "Fall: September to December. Winter: January to April. Summer: May to August.",
    ),
    (
        "Langue",
        "Language",
        "Les titres des cours sont donnés dans la langue d’enseignement de l’établissement.",
        "Course titles are given in the institution’s language of instruction.",
    ),
)


def of(school: School) -> dict[str, list[dict[str, str]]]:
    scale = SCALES["tides" if school is TIDES else "northlake"]
    grades = [(grade, str(points)) for grade, points in scale.items()] + [("P", "")]
    return {
        "grades": [
            {"grade": grade, "points": points, "meaning_fr": MEANINGS[grade[0]][0], "meaning_en": MEANINGS[grade[0]][1]}
            for grade, points in grades
        ],
        "notes": [dict(zip(("head_fr", "head_en", "text_fr", "text_en"), note, strict=True)) for note in NOTES],
    }
