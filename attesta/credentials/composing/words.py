"""What a document says around its facts, in both languages, when an institution has said nothing else.

``{name}`` stands for a value; a part in ``[…]`` is left out unless all the values in it are there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields as members
from datetime import date

from attesta.credentials.composing import language
from attesta.credentials.composing.design import Design
from attesta.credentials.composing.fields import KINDS, Fields, kind_of
from attesta.credentials.composing.kinds import DocumentKind

PLACE = re.compile(r"\{([a-z_]+)\}")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
LONGEST = 1000
NOT_WORDS = {"terms", "facts", "text", "title", "note"}
OF_DESIGN = {"institution": "name", "place": "place"}
PLAIN_ENDINGS = ("name", "number")
DEFAULTS: dict[DocumentKind, dict[str, str]] = {
    DocumentKind.DIPLOMA: {
        "confers_fr": "Nous[, sur la recommandation de {faculty},] conférons à",
        "confers_en": "We[, on the recommendation of {faculty},] confer upon",
        "award_fr": "le grade de",
        "award_en": "the degree of",
        "rights_fr": "avec tous les droits, honneurs et privilèges qui s’y rattachent.",
        "rights_en": "with all the rights, honours and privileges thereto.",
        "given_fr": "Donné[ à {place}] le {conferred_on}",
        "given_en": "Given[ at {place}] on {conferred_on}",
    },
    DocumentKind.TRANSCRIPT: {
        "title_fr": "Relevé de notes officiel",
        "title_en": "Official transcript",
    },
    DocumentKind.ATTESTATION: {
        "title_fr": "Attestation d’études",
        "title_en": "Confirmation of studies",
        "text_fr": "Nous attestons que les renseignements de ce document sont conformes au dossier de {learner_name}"
        " à la date de son émission.\n\nCette attestation lui est remise pour servir à qui de droit.",
        "text_en": "We confirm that the facts in this document agree with the record of {learner_name} on its date of"
        " issue.\n\nIt is given for whatever purpose it may serve.",
    },
}


def wording(fields: Fields, design: Design, *, number: str, issued_on: date) -> dict[str, str]:
    """Every text of the kind, expanded. What the fields say themselves comes before the design's words."""
    kind = kind_of(fields)
    told = {**DEFAULTS[kind], **{name: text for name, text in design.wording.get(kind, {}).items() if text}}
    known = {code: _values(fields, design, code, number, issued_on) for code in ("fr", "en")}
    expanded = {name: expand(text, known[name[-2:]]) for name, text in told.items()}
    return {name: getattr(fields, name, "") or text for name, text in expanded.items()}


def titles(fields: Fields, design: Design) -> tuple[str, str]:
    """What the document is called in lists, in French and English."""
    said = wording(fields, design, number="", issued_on=date.min)
    base = "degree" if kind_of(fields) is DocumentKind.DIPLOMA else "title"
    fr, en = (said.get(f"{base}_{code}") or getattr(fields, f"{base}_{code}") for code in ("fr", "en"))
    return fr, en


def expand(text: str, values: Mapping[str, str]) -> str:
    """Once: what a value itself holds is never expanded."""
    kept = OPTIONAL.sub(lambda part: part[1] if all(values.get(n) for n in PLACE.findall(part[1])) else "", text)
    return PLACE.sub(lambda place: values.get(place[1], place[0]), kept)


def placeholders(kind: DocumentKind) -> tuple[str, ...]:
    """What may stand in braces in a wording of this kind."""
    shape = next(shape for shape, its in KINDS.items() if its is kind)
    names = {re.sub("_(fr|en)$", "", member.name) for member in members(shape)}
    return (*sorted(names - NOT_WORDS), *OF_DESIGN, "issued_on", "number")


def problem(kind: DocumentKind, name: str, text: str) -> str | None:
    """A code for what is wrong with a wording of an institution, or nothing."""
    if name not in DEFAULTS[kind]:
        return "unknown"
    if len(text) > LONGEST:
        return "too-long"
    return None if set(PLACE.findall(text)) <= set(placeholders(kind)) else "placeholder-unknown"


def _values(fields: Fields, design: Design, code: str, number: str, issued_on: date) -> dict[str, str]:
    """Of the placeholders, in one language."""
    values = {name: getattr(design, f"{source}_{code}") for name, source in OF_DESIGN.items()}
    values |= {"number": number, "issued_on": language.day(issued_on, code)}
    for member in members(fields):
        value = getattr(fields, member.name)
        base, _, ending = member.name.rpartition("_")
        if isinstance(value, str) and ending in {code, *PLAIN_ENDINGS}:
            values[base if ending == code else member.name] = value
        elif isinstance(value, date):
            values[member.name] = language.day(value, code)
    values.setdefault("conferred_on", values["issued_on"])
    return values
