"""How an institution's paper looks and what it says around the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from attesta.credentials.composing.kinds import DocumentKind


class Paper(StrEnum):
    LETTER = "us-letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. ``signature`` is a drawing of the hand, as SVG; without it, a line to be read."""

    name: str
    role_fr: str
    role_en: str
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One line of a transcript's legend; no points for a grade that does not count in an average."""

    grade: str
    points: Decimal | None
    meaning_fr: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of a transcript's legend."""

    head_fr: str
    head_en: str
    text_fr: str
    text_en: str


NO_WORDING: Mapping[DocumentKind, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Design:
    """``language`` is the one the institution works in: it comes first and larger. Colours are #rrggbb.

    ``crest`` and signatures are SVG that ``crests.problem`` has nothing to say against; ``ring`` draws the name around
    the crest, which fills its disc when ``crest_round`` (what it shows lies in a circle). ``wording`` replaces single
    texts of ``words.DEFAULTS``, by kind and name (``confers_fr``), with the same placeholders.
    """

    name_fr: str
    name_en: str
    language: str = "fr"
    unit_fr: str = ""
    unit_en: str = ""
    place_fr: str = ""
    place_en: str = ""
    website: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    accent: str = "#1d3557"
    warm: str = "#a8843f"
    crest: bytes | None = None
    ring: bool = True
    crest_round: bool = False
    founded: str = ""
    signatories: tuple[Signatory, ...] = ()
    wording: Mapping[DocumentKind, Mapping[str, str]] = field(default=NO_WORDING)
    grades: tuple[Grade, ...] = ()
    notes: tuple[Note, ...] = ()
    remark_fr: str = ""
    remark_en: str = ""
    paper: Paper = Paper.LETTER
