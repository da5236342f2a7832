"""Text as it is compared: no case, no accents, the same everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.organizations.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("École  Œuvre", "ecole oeuvre"),
        ("L’été à Trois-Rivières", "l'ete a trois-rivieres"),
        ("STRASSE Straße", "strasse strasse"),
        ("Nguyễn", "nguyen"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=some.text())
def test_case_and_folding_again_change_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
