"""Text as it is compared: no case, no accents, the same everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.organizations.folding import fold
from attesta.organizations.models import Organization


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("École  Œuvre", "ecole oeuvre"),
        ("L’été à Trois-Rivières", "l'ete a trois-rivieres"),
        ("STRASSE Straße", "strasse strasse"),
        ("Nguyễn", "nguyen"),
        ("ﬁn", "fin"),
        ("℠", "sm"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=some.text())
def test_case_and_folding_again_change_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
def test_a_name_that_grows_when_folded_is_kept_whole() -> None:
    """One Hangul syllable becomes up to three letters."""
    name = "각" * 200
    made = Organization.objects.create(slug="hangul", name_fr=name, name_en=name, is_issuer=True)
    made.refresh_from_db()
    assert len(made.folded_fr) == 600
    assert Organization._meta.get_field("folded_fr").max_length is None
