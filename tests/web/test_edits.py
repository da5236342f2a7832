"""What an edit changed: one sentence a field, never the value of a PIN."""

from __future__ import annotations

import pytest
from django.utils import translation

from attesta.web import edits

MAY = "2024-06-01T04:00:00+00:00"  # the first moment after May 31 in Toronto
JUNE = "2024-07-01T04:00:00+00:00"


@pytest.mark.parametrize(
    ("field", "change", "french", "english"),
    [
        ("name", ["A", "B"], "Le nom est passé de «\xa0A\xa0» à «\xa0B\xa0»", "The name was changed from “A” to “B”"),
        ("purpose", ["", "B"], "Le but «\xa0B\xa0» a été ajouté", "The purpose “B” was added"),
        ("purpose", ["A", ""], "Le but «\xa0A\xa0» a été retiré", "The purpose “A” was removed"),
        (
            "purpose",
            ["A", "B"],
            "Le but est passé de «\xa0A\xa0» à «\xa0B\xa0»",
            "The purpose was changed from “A” to “B”",
        ),
        ("reference", ["", "B"], "La référence «\xa0B\xa0» a été ajoutée", "The reference “B” was added"),
        ("reference", ["A", ""], "La référence «\xa0A\xa0» a été retirée", "The reference “A” was removed"),
        (
            "reference",
            ["A", "B"],
            "La référence est passée de «\xa0A\xa0» à «\xa0B\xa0»",
            "The reference was changed from “A” to “B”",
        ),
        ("pin", ["none", "set"], "Un NIP a été ajouté", "A PIN was set"),
        ("pin", ["set", "none"], "Le NIP a été retiré", "The PIN was removed"),
        ("pin", ["set", "set"], "Le NIP a été modifié", "The PIN was changed"),
        (
            "expires_at",
            [None, MAY],
            "Le lien a reçu une date d’expiration\xa0: 31 mai 2024",
            "The link was given an expiry date: May 31, 2024",
        ),
        (
            "expires_at",
            [MAY, JUNE],
            "La date d’expiration du lien est passée du 31 mai 2024 au 30 juin 2024",
            "The link’s expiry date was changed from May 31, 2024 to June 30, 2024",
        ),
        (
            "expires_at",
            [MAY, None],
            "La date d’expiration du lien, le 31 mai 2024, a été retirée",
            "The link’s expiry date, May 31, 2024, was removed",
        ),
        (
            "max_consultations",
            ["5", "10"],
            "La limite de consultations est passée de 5 à 10",
            "The limit of views was changed from 5 to 10",
        ),
        ("colour", ["a", "b"], "Le réglage «\xa0colour\xa0» a été modifié", "The setting “colour” was changed"),
    ],
)
def test_a_change_is_told_from_and_to(field: str, change: list[str | None], french: str, english: str) -> None:
    with translation.override("fr"):
        assert edits.changes({field: change}) == [french]
    with translation.override("en"):
        assert edits.changes({field: change}) == [english]


def test_changes_come_in_the_forms_order() -> None:
    with translation.override("en"):
        assert edits.changes({"pin": ["none", "set"], "name": ["A", "B"]}) == [
            "The name was changed from “A” to “B”",
            "A PIN was set",
        ]


def test_a_pin_that_slipped_into_the_facts_is_not_told() -> None:
    with translation.override("en"):
        assert edits.changes({"pin": ["4821", "9907"]}) == ["The PIN was changed"]
