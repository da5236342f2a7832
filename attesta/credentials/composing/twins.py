"""The same facts for machines: a JSON file attached to what people read. Transcripts have PESC XML instead.

Keys are the columns' names; a value that is not there is left out. Numbers are text, as they were given.
"""

from __future__ import annotations

import json
from dataclasses import fields as members
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from attesta.credentials.composing.compose import Verification
from attesta.credentials.composing.design import Design
from attesta.credentials.composing.fields import Fields, kind_of

FORMAT = "attesta-document/1"


def twin(fields: Fields, *, design: Design, verification: Verification, issued_on: date, number: str) -> bytes:
    """UTF-8; the same arguments give the same bytes."""
    said = {
        "format": FORMAT,
        "kind": str(kind_of(fields)),
        "number": number,
        "issued_on": issued_on.isoformat(),
        "institution": {"name_fr": design.name_fr, "name_en": design.name_en, "website": design.website},
        "verification": {"code": verification.code, "url": verification.url},
        "fields": _plain(fields),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {member.name: _plain(getattr(value, member.name)) for member in members(value)}
        return {name: its for name, its in found.items() if its not in (None, "", [])}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
