"""One more revision, hung on behind a PDF (ISO 32000-2, 7.5.6): its bytes stay, changed and new objects follow."""

from __future__ import annotations

import re
import secrets

from pikepdf import Array, Dictionary, Name, Pdf, String

from attesta.seals import tables
from attesta.seals.drafts import Draft

START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
TAIL_BYTES = 64
ID_BYTES = 16


def appended(pdf: bytes, draft: Draft) -> bytes:
    table = draft.add(Dictionary()).objgen[0]
    written = bytearray(pdf if pdf.endswith((b"\n", b"\r")) else pdf + b"\n")
    places: tables.Places = {}
    for number, body in sorted(draft.bodies().items()):
        if number != table:
            places[number] = tables.at(len(written))
            written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    entries = trailer(draft.document) | {"/Prev": _start(pdf)}
    written += tables.end(len(written), table, places, entries)
    return bytes(written)


def trailer(document: Pdf) -> dict[str, object]:
    """What stays the same from revision to revision, and a new second half of the ID."""
    kept: dict[str, object] = {name: document.trailer[name] for name in ("/Root", "/Info") if name in document.trailer}
    fresh = String(secrets.token_bytes(ID_BYTES))
    kept["/ID"] = Array([document.trailer.ID[0] if Name.ID in document.trailer else fresh, fresh])
    return kept


def _start(pdf: bytes) -> int:
    found = START.search(pdf, max(0, len(pdf) - TAIL_BYTES))
    if not found:
        raise ValueError("The PDF's end is damaged.")
    return int(found[1])
