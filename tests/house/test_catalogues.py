"""French is complete: every text of the interface, the letters and the errors."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from attesta.config import catalogues
from tests.house import source

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
PLURALS = "nplurals=2; plural=(n > 1);"
NARROW_SPACES = "\u00a0\u202f"


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    """Its French, singular and plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def named(path: Path, entry: polib.POEntry) -> str:
    return f"{path.parts[-5]}: {entry.msgid!r}"


def committed() -> list[tuple[Path, polib.POEntry]]:
    return [(path, entry) for path in catalogues.sources() for entry in entries(path)]


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The catalogues as they would be if extracted now, in a copy of the source."""
    homes = [path.parent for path in source.PRODUCT.glob("*/__init__.py")] + [source.ROOT / "demo"]
    for home in homes:
        copy = tmp_path / home.relative_to(source.ROOT)
        shutil.copytree(home, copy, ignore=shutil.ignore_patterns("*.pyc", "static", "migrations"))
        (copy / "locale").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["fr"], no_location=True, verbosity=0)
    return sorted(tmp_path.rglob("locale/fr/LC_MESSAGES/django.po"))


def test_trust_40_every_text_has_its_french(fresh: list[Path]) -> None:
    missing = [
        f"{named(path, entry)} is {'fuzzy' if entry.fuzzy else 'missing'}"
        for path in fresh
        for entry in entries(path)
        if entry.fuzzy or not all(texts(entry))
    ]
    assert missing == []


def test_trust_40_every_number_has_its_french() -> None:
    """A catalogue that promises more forms than its texts have is silently English for the numbers in between."""
    counted = {polib.pofile(str(path)).metadata["Plural-Forms"] for path in catalogues.sources()}
    assert counted == {PLURALS}
    forms = {named(path, entry): sorted(entry.msgstr_plural) for path, entry in committed() if entry.msgid_plural}
    assert {name: found for name, found in forms.items() if found != [0, 1]} == {}


def test_one_text_has_one_french() -> None:
    found: dict[tuple[str | None, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path, entry in committed():
        found[entry.msgctxt, entry.msgid][" / ".join(texts(entry))].append(path.parts[-5])
    assert {key: dict(value) for key, value in found.items() if len(value) > 1} == {}


def test_french_keeps_every_placeholder() -> None:
    wrong = [
        named(path, entry)
        for path, entry in committed()
        for text in texts(entry)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        or (not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid)))
    ]
    assert wrong == []


def test_french_is_set_as_french() -> None:
    """Curly apostrophes, and spaces that do not break before a colon and inside guillemets."""
    wrong = [
        f"{named(path, entry)}: {text!r}"
        for path, entry in committed()
        for text in texts(entry)
        if "'" in text or re.search(rf"[^\s{NARROW_SPACES}]:\s| [:»]|«[^{NARROW_SPACES}]|[^{NARROW_SPACES}]»", text)
    ]
    assert wrong == []
