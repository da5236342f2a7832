"""Names are printed as they are written, or the character that cannot be is named before anything is issued."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from attesta.credentials.composing import fonts
from attesta.credentials.composing.fonts import FOLDERS, Uncomposable
from attesta.credentials.composing.printing import clusters, unprintable
from tests.credentials.composing.samples import DESIGN, DIPLOMA, composed, transcript
from tests.credentials.composing.test_compose import failures, texts

pytestmark = pytest.mark.once
BROUGHT = ["Nguyễn Thị Ánh", "Zoë Brontë", "Łukasz Żółć", "Þórður", "Ελένη", "Олександр", "l’Hôpital « Œuvre »"]
# Of Debian's fonts-dejavu-core, which bin/test and docs/operating.md ask for.
OF_DEJAVU = ["ᐃᓄᒃᑎᑐᑦ", "ᓀᐦᐃᔭᐍᐏᐣ", "həṅ̓q̓əmin̓əm̓", "علي", "שרה"]


def named(name: str) -> bytes:
    return composed(replace(DIPLOMA, learner_name=name))


@pytest.mark.parametrize("name", BROUGHT + OF_DEJAVU)
def test_names_of_many_peoples_are_printed(name: str) -> None:
    assert unprintable(replace(DIPLOMA, learner_name=name)) == []
    assert failures(named(name), "3a") == []


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Łukasz Żółć", "ᐃᓄᒃᑎᑐᑦ", "ᓀᐦᐃᔭᐍᐏᐣ"])
def test_they_are_read_back_as_they_were_written(name: str) -> None:
    assert name in texts(named(name))[0]


def test_the_typefaces_beyond_our_own_are_here() -> None:
    assert any((folder / "DejaVuSans.ttf").is_file() for folder in FOLDERS)


@pytest.mark.parametrize("name", ["漢", "ก", "\ue000", "𓀀"])
def test_what_no_typeface_holds_is_named(name: str) -> None:
    assert unprintable(replace(DIPLOMA, learner_name=f"Zoé {name}{name} C")) == [("learner_name", name)]
    with pytest.raises(Uncomposable):
        named(name)


def test_a_place_is_named_down_to_the_course() -> None:
    fields = transcript(2, 2)
    course = replace(fields.terms[1].courses[0], title_en="Reading 漢字")
    term = replace(fields.terms[1], courses=(course, *fields.terms[1].courses[1:]))
    assert unprintable(replace(fields, terms=(fields.terms[0], term))) == [
        ("terms[1].courses[0].title_en", "漢"),
        ("terms[1].courses[0].title_en", "字"),
    ]


def test_a_design_is_asked_too() -> None:
    assert unprintable(DESIGN) == []
    assert unprintable(replace(DESIGN, name_fr="Université 漢")) == [("name_fr", "漢")]


def test_accents_belong_to_their_letter() -> None:
    assert list(clusters("m̓a X̱é")) == ["m̓", "a", " ", "X̱", "é"]


def test_what_was_asked_once_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = replace(DIPLOMA, learner_name="".join(map(chr, range(0x1400, 0x1480))))
    before = unprintable(fields)
    monkeypatch.setattr(fonts, "SHEETS", Path("/nowhere"))  # nothing more can be tried: each would be unprintable
    assert unprintable(fields) == before
