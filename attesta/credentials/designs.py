"""An institution's template as the composing room reads it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from attesta.credentials.composing.design import Design, Grade, Note, Paper, Signatory
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Template
from attesta.organizations.models import Organization

TEXTS = ("language", "place_fr", "place_en", "accent", "warm", "founded", "remark_fr", "remark_en", "address", "phone")


def design_of(template: Template) -> Design:
    """Names, contact and website are the institution's of today; the rest is the template's."""
    kept: dict[str, Any] = template.design
    design = replace(of_issuer(template.issuer), **{name: kept[name] for name in TEXTS if kept.get(name)})
    wording = {DocumentKind(template.kind): kept.get("wording", {})}
    return replace(
        design,
        crest=_bytes(kept.get("crest")),
        ring=bool(kept.get("ring", True)),
        crest_round=bool(kept.get("crest_round", False)),
        signatories=tuple(_signatory(each) for each in kept.get("signatories", [])),
        grades=tuple(_grade(each) for each in kept.get("grades", [])),
        notes=tuple(Note(**each) for each in kept.get("notes", [])),
        wording=wording,
        paper=Paper(kept.get("paper", Paper.LETTER)),
    )


def of_issuer(issuer: Organization) -> Design:
    return Design(
        name_fr=issuer.name_fr,
        name_en=issuer.name_en,
        unit_fr=issuer.unit_fr,
        unit_en=issuer.unit_en,
        website=issuer.website_fr or issuer.website_en,
        address=issuer.address,
        phone=issuer.contact_phone,
        email=issuer.contact_email,
    )


def _signatory(kept: dict[str, str]) -> Signatory:
    return Signatory(kept["name"], kept["role_fr"], kept["role_en"], _bytes(kept.get("signature")))


def _grade(kept: dict[str, str]) -> Grade:
    points = kept.get("points")
    return Grade(kept["grade"], Decimal(points) if points else None, kept["meaning_fr"], kept["meaning_en"])


def _bytes(svg: str | None) -> bytes | None:
    return svg.encode() if svg else None
