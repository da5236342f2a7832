"""Column names as people write them."""

from __future__ import annotations

import pytest

from attesta.credentials.batches.sources import headers, pdfs, rows
from attesta.credentials.composing import fields
from attesta.credentials.composing.kinds import DocumentKind

ALL = frozenset({*pdfs.COLUMNS, *rows.BASE, *(c.name for kind in DocumentKind for c in fields.columns(kind))})


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_column_is_known_by_its_own_name(name: str) -> None:
    for header in (name, name.upper(), f" {name.replace('_', ' ')} ", name.replace("_", "-")):
        assert headers.known_as(header, ALL) == name


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Fichier", "file"),
        ("Numéro du document", "document_number"),
        ("N° document", None),
        ("No. document", "document_number"),
        ("Courriel", "learner_email"),
        ("E-mail", "learner_email"),
        ("Nom complet", "learner_name"),
        ("Titre (français)", "title_fr"),
        ("Titre anglais", "title_en"),
        ("Title (English)", "title_en"),
        ("Date d’émission", "issued_on"),
        ("Date d'expiration", "expires_on"),
        ("Matricule", "student_number"),
        ("Grade FR", "degree_fr"),
        ("Grade", "grade"),
        ("Note", "grade"),
        ("Remarque (anglais)", "note_en"),
        ("Note FR", "note_fr"),
        ("Trimestre", "term"),
        ("Trimestre (fr)", "term_fr"),
        ("Titre du cours (français)", "course_title_fr"),
        ("Sigle", "course_code"),
        ("Crédits cumulés", "cumulative_credits"),
        ("Prénom", "given_name"),
        ("Honors EN", "honours_en"),
        ("Program FR", "programme_fr"),
        ("date", None),
        ("", None),
        ("français", None),
    ],
)
def test_headers_in_both_languages(header: str, column: str | None) -> None:
    assert headers.known_as(header, ALL) == column


def test_every_column_has_a_french_name() -> None:
    english_too = {"credits", "points", "programme_fr", "programme_en"}
    paired = {f"{base}_{code}" for base in headers.PAIRED_ALIASES for code in headers.LANGUAGES}
    assert ALL - english_too <= paired | headers.ALIASES.keys()


def test_a_header_means_one_column_only() -> None:
    for known in (frozenset(pdfs.COLUMNS), *(_columns(kind) for kind in DocumentKind)):
        for names in (headers.ALIASES, headers.PAIRED_ALIASES):
            aliases = [alias for column, others in names.items() if column in known for alias in others]
            assert len(aliases) == len(set(aliases))
            assert not known & set(aliases)


def _columns(kind: DocumentKind) -> frozenset[str]:
    return frozenset({*rows.BASE, *(column.name for column in fields.columns(kind))})
