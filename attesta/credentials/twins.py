"""The machine-readable twin that travels inside a composed PDF: PESC XML for transcripts, JSON for the others."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from decimal import Decimal

from attesta.credentials.composing.design import Design
from attesta.credentials.composing.fields import Fields, Transcript, kind_of
from attesta.credentials.models import Version
from attesta.credentials.pesc import writing
from attesta.credentials.pesc.writing import School

FORMAT = "attesta-document/1"
NOON = time(16, tzinfo=UTC)  # in eastern Canada; the day is the same from coast to coast


def twin(fields: Fields, version: Version, design: Design) -> bytes:
    """UTF-8. The same version gives the same bytes."""
    if not isinstance(fields, Transcript):
        return _json(fields, version)
    return writing.write(
        fields,
        school=School(design.name_fr, design.name_en),
        number=version.credential.number,
        at=datetime.combine(version.issued_on, NOON),
        language=design.language,
    )


def _json(fields: Fields, version: Version) -> bytes:
    credential = version.credential
    issuer = credential.issuer
    facts = {
        "format": FORMAT,
        "kind": kind_of(fields).value,
        "issuer": {"id": str(issuer.pk), "name_fr": issuer.name_fr, "name_en": issuer.name_en},
        "title_fr": credential.title_fr,
        "title_en": credential.title_en,
        "number": credential.number,
        "issued_on": version.issued_on,
        "code": credential.code,
        "fields": asdict(fields),
    }
    return json.dumps(facts, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a twin.")
