"""Names of columns as people write them, in French and in English."""

from __future__ import annotations

import re

from attesta.organizations.folding import fold

FILE, NUMBER, EMAIL, NAME = "file", "document_number", "learner_email", "learner_name"
TITLE_FR, TITLE_EN, ISSUED, EXPIRES = "title_fr", "title_en", "issued_on", "expires_on"
OWN = "#"  # begins the name of a column that is the institution's own business
LANGUAGES = {"fr": ("fr", "francais", "french"), "en": ("en", "anglais", "english")}

# Already as ``plain`` writes them.
ALIASES: dict[str, tuple[str, ...]] = {
    FILE: ("fichier", "nom_du_fichier", "file_name", "filename", "pdf"),
    NUMBER: (
        *("numero", "numero_document", "numero_du_document", "no_document", "no_du_document", "number"),
        *("document_no", "document_id"),
    ),
    EMAIL: ("courriel", "adresse_courriel", "courriel_etudiant", "email", "e_mail", "email_address", "learner_e_mail"),
    NAME: ("nom", "nom_complet", "name", "full_name", "nom_de_la_personne", "student_name"),
    ISSUED: (
        *("date_emission", "date_d_emission", "emis_le", "date_delivrance", "date_de_delivrance", "delivre_le"),
        *("issue_date", "date_of_issue", "date_issued"),
    ),
    EXPIRES: ("date_expiration", "date_d_expiration", "expire_le", "echeance", "expiry_date", "expires"),
    "given_name": ("prenom", "first_name"),
    "family_name": ("nom_famille", "nom_de_famille", "last_name", "surname"),
    "student_number": ("matricule", "code_permanent", "student_id", "student_no"),
    "birth_date": ("date_naissance", "date_de_naissance", "ne_le", "date_of_birth"),
    "conferred_on": ("date_collation", "date_de_collation", "decerne_le", "conferral_date"),
    "credits": ("credits_total", "total_credits"),
    "average": ("moyenne", "gpa"),
    "average_top": ("moyenne_max", "moyenne_maximale", "gpa_max"),
    "courses": ("cours",),
    "term": ("trimestre", "session"),
    "course_code": ("sigle", "sigle_cours", "sigle_du_cours", "code_cours", "course"),
    "course_credits": ("credits_cours", "credits_du_cours"),
    "course_earned": ("credits_obtenus", "credits_earned"),
    "grade": ("note", "cote", "mark"),
    "points": ("points_cours", "points_du_cours"),
    "term_credits": ("credits_trimestre", "credits_du_trimestre"),
    "term_average": ("moyenne_trimestre", "moyenne_du_trimestre", "term_gpa"),
    "cumulative_credits": ("credits_cumules",),
    "cumulative_average": ("moyenne_cumulative", "cumulative_gpa"),
    "start_on": ("debut", "date_debut", "date_de_debut", "start_date"),
    "end_on": ("fin", "date_fin", "date_de_fin", "end_date"),
    "facts": ("renseignements", "faits"),
}

# Of columns that come in both languages: each name is followed by ``_fr`` or ``_en``.
PAIRED_ALIASES: dict[str, tuple[str, ...]] = {
    "title": ("titre", "titre_du_document", "document_title"),
    "programme": ("program", "programme_etudes"),
    "degree": ("grade", "diplome"),
    "field": ("domaine", "discipline"),
    "honours": ("mention", "honors"),
    "faculty": ("faculte",),
    "note": ("remarque", "remark"),
    "term": ("trimestre", "session"),
    "course_title": ("titre_cours", "titre_du_cours", "nom_du_cours", "course_name"),
    "standing": ("regime", "regime_etudes"),
    "period": ("periode",),
    "text": ("texte",),
}


def plain(header: str) -> str:
    """``Titre du cours (français)`` → ``titre_du_cours_fr``."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(header)).split()
    if len(words) > 1 and (language := _language(words[-1])):
        words[-1] = language
    return "_".join(words)


def known_as(header: str, columns: frozenset[str]) -> str | None:
    """Which of ``columns`` this header means, if any."""
    name = plain(header)
    if name in columns:
        return name
    base, _, language = name.rpartition("_")
    if base and language in LANGUAGES:
        meant = [f"{column}_{language}" for column, others in PAIRED_ALIASES.items() if base in others]
    else:
        meant = [column for column, others in ALIASES.items() if name in others]
    return next((column for column in meant if column in columns), None)


def _language(word: str) -> str | None:
    return next((code for code, words in LANGUAGES.items() if word in words), None)
