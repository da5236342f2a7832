"""What the institutions' templates hold, as ``credentials.designs`` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attesta.credentials.composing.kinds import DocumentKind
from demo.documents import legends, pens
from demo.documents.schools import School, Signer

EMBLEMS = Path(__file__).parent / "emblems"
INK = "#1a2b4c"


def design(school: School, kind: DocumentKind, wording: Mapping[str, str]) -> dict[str, Any]:
    """A head of school signs diplomas alone; the registrar signs everything."""
    signers = [school.head, school.registrar] if kind is DocumentKind.DIPLOMA else [school.registrar]
    shared = {
        "language": school.language,
        "place_fr": school.place_fr,
        "place_en": school.place_en,
        "accent": school.accent,
        "warm": school.warm,
        "founded": school.founded,
        "crest": (EMBLEMS / school.emblem).read_text(encoding="utf-8"),
        "crest_round": True,
        "remark_fr": "Établissement fictif",
        "remark_en": "Fictitious institution",
        "signatories": [_signatory(signer) for signer in signers],
        "wording": dict(wording),
    }
    return shared | (legends.of(school) if kind is DocumentKind.TRANSCRIPT else {})


def _signatory(signer: Signer) -> dict[str, str]:
    return {
        "name": signer.name,
        "role_fr": signer.role_fr,
        "role_en": signer.role_en,
        "signature": pens.signature(signer.name, colour=INK),
    }
