"""Words for every line a check can give, in French and in English."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from attesta.seals import phrases_en, phrases_fr, words
from attesta.seals.checking import lines
from attesta.seals.report import CODES, Check, Verdict
from attesta.seals.words import Language

pytestmark = pytest.mark.once

BOTH = pytest.mark.parametrize("phrases", [phrases_fr, phrases_en], ids=["fr", "en"])
CHECKING = Path(lines.__file__).parent
NBSP = "\u00a0"


@BOTH
def test_every_question_has_a_sentence_for_every_verdict(phrases: object) -> None:
    assert set(phrases_fr.LINES) == set(phrases_en.LINES) == set(product(CODES, Verdict))
    assert all("" in reasons for reasons in phrases.LINES.values())  # type: ignore[attr-defined]
    assert set(phrases.NOTES) == set(CODES)  # type: ignore[attr-defined]


def test_both_languages_tell_the_same_reasons_facts_and_changes() -> None:
    french = {key: set(reasons) for key, reasons in phrases_fr.LINES.items()}
    assert french == {key: set(reasons) for key, reasons in phrases_en.LINES.items()}
    assert set(phrases_fr.FACTS) == set(phrases_en.FACTS)
    assert set(phrases_fr.CHANGES) == set(phrases_en.CHANGES)


def test_both_languages_use_the_same_facts() -> None:
    for key, reasons in phrases_fr.LINES.items():
        for reason, sentence in reasons.items():
            assert fields(sentence) == fields(phrases_en.LINES[key][reason]), (key, reason)


def test_every_reason_in_the_words_is_one_that_checking_gives() -> None:
    written = "".join(path.read_text() for path in CHECKING.glob("*.py"))
    told = {reason for reasons in phrases_en.LINES.values() for reason in reasons if reason}
    assert {reason for reason in told if f'"{reason}"' not in written} == set()


@BOTH
def test_sentences_are_whole(phrases: object) -> None:
    for sentence in sentences(phrases):
        assert re.match(r"[A-ZÀÉÎ]", sentence), sentence
        assert sentence.endswith("."), sentence
        assert "'" not in sentence, sentence


def test_french_is_set_as_french() -> None:
    """As in Canada: a no-break space before a colon and a closing guillemet, nothing before the others."""
    for sentence in sentences(phrases_fr):
        assert not re.search(rf"[^{NBSP}][:»]|\s[;!?]", sentence.replace(f"»{NBSP}", "")), sentence
        assert not re.search(rf"«[^{NBSP}]", sentence), sentence


def test_a_line_tells_days_as_people_write_them() -> None:
    check = Check("time", Verdict.YES, {"at": "2026-11-01T08:00:00Z"})
    assert words.line(check, "fr") == (
        f"Le sceau a été apposé le 1er novembre 2026{NBSP}: un horodatage indépendant le prouve."
    )
    assert words.line(check, "en") == ("The seal was made on November 1, 2026: an independent time-stamp proves it.")


def test_a_line_tells_what_changed() -> None:
    check = Check("whole-file", Verdict.NO, {"reason": "edited", "pages-changed": "1, 2", "pages-added": "3"})
    assert words.line(check, "en") == (
        "Someone changed this file after it was sealed. Since then: pages 1, 2 drawn anew; page 3 added."
    )
    assert words.line(check, "fr") == (
        f"Quelqu’un a modifié ce fichier après le scellement. Depuis{NBSP}: pages 1, 2 redessinées; page 3 ajoutée."
    )


def test_a_note_tells_an_expert_the_facts() -> None:
    check = Check("signature", Verdict.YES, {"algorithm": "ecdsa, sha256", "serial": "5f2a"})
    assert words.note(check, "en") == (
        "CMS signature (RFC 5652, CAdES) against the public key of the certificate. "
        "Algorithm: ecdsa, sha256. Serial number: 5f2a."
    )
    assert words.note(check, "fr") == (
        "Signature CMS (RFC 5652, CAdES) vérifiée avec la clé publique du certificat. "
        f"Algorithme{NBSP}: ecdsa, sha256. Numéro de série{NBSP}: 5f2a."
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_reason_without_words_of_its_own_and_missing_facts_still_read(language: Language) -> None:
    for code, verdict in product(CODES, Verdict):
        assert words.line(Check(code, verdict, {"reason": "never heard of"}), language)
        assert words.note(Check(code, verdict), language)


def sentences(phrases: object) -> list[str]:
    told = [sentence for reasons in phrases.LINES.values() for sentence in reasons.values()]  # type: ignore[attr-defined]
    return [*told, *phrases.NOTES.values()]  # type: ignore[attr-defined]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
