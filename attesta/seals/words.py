"""A check in plain words, French and English: one sentence for everybody, one for an expert."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from attesta.seals import phrases_en, phrases_fr
from attesta.seals.report import Check

Language = Literal["fr", "en"]
PHRASES = {"fr": phrases_fr, "en": phrases_en}


def line(check: Check, language: Language) -> str:
    """For a person in a hurry."""
    phrases = PHRASES[language]
    lines = phrases.LINES[check.code, check.verdict]
    template: str = lines.get(check.reason, lines[""])
    days = {key: _day(value, language) for key, value in check.facts.items() if key in phrases.DAYS}
    told = template.format_map(_Facts({**check.facts, **days}))
    return " ".join(filter(None, [told, _changes(check, language)]))


def note(check: Check, language: Language) -> str:
    """For an expert: how it was checked, and the facts, with times in UTC."""
    phrases = PHRASES[language]
    facts = [
        f"{phrases.FACTS[key]}{phrases.COLON}{value}" for key, value in check.facts.items() if key in phrases.FACTS
    ]
    return " ".join([phrases.NOTES[check.code], *(f"{fact}." for fact in facts)])


def _changes(check: Check, language: Language) -> str:
    """What later edits touched."""
    phrases = PHRASES[language]
    told = [_change(phrases.CHANGES[key], value) for key, value in check.facts.items() if key in phrases.CHANGES]
    return f"{phrases.CHANGED}{phrases.COLON}{phrases.SEMICOLON.join(told)}." if told else ""


def _change(words: tuple[str, ...], value: str) -> str:
    """``words``: for one, for several."""
    return words[-1 if ", " in value else 0].format(value)


def _day(moment: str, language: Language) -> str:
    """Of an ISO time, in UTC, as people write it."""
    try:
        day = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return str(PHRASES[language].day(day.year, day.month, day.day))


class _Facts(dict[str, str]):
    """A fact that the file does not tell is a dash."""

    def __missing__(self, key: str) -> str:
        return "—"
