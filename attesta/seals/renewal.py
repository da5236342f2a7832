"""A seal kept alive: a document time-stamp over all of it, with newer evidence (PAdES B-LTA, EN 319 142-1, 5.5).

One more revision, which a certification against any change allows (ISO 32000-2, 12.8.2.2): evidence and a
time-stamp, nothing on any page.
"""

from __future__ import annotations

import secrets
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf

from attesta.seals import fields
from attesta.seals.drafts import Draft
from attesta.seals.evidence import Evidence
from attesta.seals.holes import MARK_BYTES, PLACEHOLDER, Prepared, find
from attesta.seals.pdf import fill_with
from attesta.seals.preparing import SHELVES
from attesta.seals.revisions import appended
from attesta.seals.timestamps import Stamper

STAMP = b"<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange %b /Contents <%b> >>"


class Unrenewable(ValueError):
    """The PDF carries no seal of ours."""


def renew(pdf: bytes, *, stamper: Stamper, evidence: Evidence) -> bytes:
    """``evidence``: of the chains of every signature and time-stamp so far, and of the new one; what is known is left.

    Parses the PDF. Raises Unrenewable, and what the stamper raises.
    """
    return fill_with(prepare(pdf, evidence, stamper.longest), stamper.stamp)


def prepare(pdf: bytes, evidence: Evidence, hole: int) -> Prepared:
    """Everything but the time-stamp: for a confined process. Raises Unrenewable."""
    mark = secrets.token_bytes(MARK_BYTES)
    with Pdf.open(BytesIO(pdf)) as document:
        _refuse(document)
        draft = Draft(document)
        _add_evidence(draft, evidence)
        stamp = draft.add_bytes(STAMP % (PLACEHOLDER, mark.hex().encode().ljust(2 * hole, b"0")))
        # On no page: it has nothing to show, and the pages and their structure stay as they were.
        fields.add(draft, stamp, stem="Time")
        return find(appended(pdf, draft), mark, hole)


def _refuse(document: Pdf) -> None:
    root = document.Root
    if Name.DSS not in root or Name.DocMDP not in root.get(Name.Perms, Dictionary()):
        raise Unrenewable("The PDF carries no seal of ours.")


def _add_evidence(draft: Draft, evidence: Evidence) -> None:
    store = draft.document.Root.DSS
    for kind, shelf in SHELVES.items():
        kept = store.get(shelf, Array())
        known = {stream.read_bytes() for stream in kept}
        added = [value for value in getattr(evidence, kind) if value not in known]
        if added:
            store[shelf] = Array([*kept, *(draft.add_stream(value) for value in added)])
            draft.change(store)
