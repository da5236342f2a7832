"""The machine-readable twin that travels inside a composed PDF: PESC XML for transcripts, JSON for the others."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from attesta.credentials.composing.fields import Fields, kind_of
from attesta.credentials.models import Version


def twin(fields: Fields, version: Version) -> bytes:
    """UTF-8."""
    credential = version.credential
    issuer = credential.issuer
    facts = {
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
