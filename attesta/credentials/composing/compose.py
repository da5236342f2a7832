"""PDF bytes of a document: PDF/A-3a and PDF/UA-1, tagged, titled, in a stated language, with its twin attached.

Text reaches the sheets as data alone; a sheet never runs what it prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from attesta.credentials.composing import drawings, facts
from attesta.credentials.composing.design import Design
from attesta.credentials.composing.fields import Fields, kind_of
from attesta.credentials.composing.fonts import FAMILIES, compiled
from attesta.credentials.composing.kinds import DocumentKind

LONG_WORDS = r"[^\s\-‐–—/]{25,}"
"""May find no line that holds them, and are then broken anywhere. Looking for them takes a sheet a thirtieth longer."""


@dataclass(frozen=True, slots=True)
class Verification:
    """``url`` leads to what stands today of this very version; ``code`` is what a person types there.

    The picture to scan and the link hold all of ``url``; what is printed to be typed stops before its question mark.
    """

    code: str
    url: str

    @property
    def shown(self) -> str:
        bare = self.url.partition("?")[0]
        return bare.partition("://")[2] or bare


def compose(
    fields: Fields,
    *,
    design: Design,
    verification: Verification,
    issued_on: date,
    number: str,
    twin: bytes | None,
) -> bytes:
    """The same arguments give the same bytes. ``twin`` is the same facts for machines: PESC XML, or JSON."""
    kind = kind_of(fields)
    data = facts.of(fields, design, number=number, issued_on=issued_on) | {
        "fonts": FAMILIES,
        "twin": _attachment(kind, twin),
        "verification": {"code": verification.code, "url": verification.url, "shown": verification.shown},
    }
    data["long-words"] = LONG_WORDS if re.search(LONG_WORDS, json.dumps(data, ensure_ascii=False)) else None
    return compiled(
        f"{kind}.typ",
        {
            "data": json.dumps(data),
            "qr": drawings.code(verification.url),
            "twin": (twin or b"").decode(),
            **drawings.of(design),
            **dict(_pens(design)),
        },
        timestamp=int(datetime.combine(issued_on, time(16), UTC).timestamp()),
    )


def _attachment(kind: DocumentKind, twin: bytes | None) -> dict[str, str] | None:
    if twin is None:
        return None
    xml = twin.lstrip().startswith(b"<")
    return {
        "name": f"{kind}.{'xml' if xml else 'json'}",
        "mime": "application/xml" if xml else "application/json",
        "description": "PESC College Transcript" if xml else "The same facts as JSON",
    }


def _pens(design: Design) -> Iterable[tuple[str, str]]:
    for index, signatory in enumerate(design.signatories):
        if signatory.signature:
            yield f"pen{index}", signatory.signature.decode()
