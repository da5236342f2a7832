"""A PDF made ready for its seal: one revision with everything but the signature, and holes where that goes.

Parses the PDF: for what others made, run this in a confined process. Recipe: PAdES B-LT (EN 319 142-1) as a
certification that allows no change (ISO 32000-2, 12.8.2.2), on top of PDF/A-3 and PDF/UA-1 when the page has them.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, PdfError, Stream, StreamDecodeLevel, String

from attesta.seals import fields, streams, tagging
from attesta.seals.drafts import Draft
from attesta.seals.evidence import Evidence
from attesta.seals.holes import MARK_BYTES, UNSET, Prepared, find
from attesta.seals.rebuilding import plain_bodies, rebuilt

__all__ = ["Prepared", "Unpreparable", "prepare"]

VERSION = "1.7"
PDFA_1 = re.compile(rb"pdfaid:part(>|\s*=\s*[\"'])\s*1")
MALFORMED = (PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError)  # what reading odd things raises
SHELVES = {"certificates": "/Certs", "crls": "/CRLs", "ocsps": "/OCSPs"}


class Unpreparable(ValueError):
    """The PDF cannot take our seal as it is: ``encrypted``, ``already-signed`` or ``damaged``."""


def prepare(
    pdf: bytes, *, evidence: Evidence, hole: int, label: str, reason: str, location: str, at: datetime, name: str
) -> Prepared:
    """``hole``: bytes for the signature. ``label``: the field's name for people (screen readers say it).

    Raises Unpreparable.
    """
    signature = _signature(reason=reason, location=location, at=at, name=name)
    try:
        with Pdf.open(BytesIO(pdf), inherit_page_attributes=False) as document:
            _refuse(document)
            return _prepared(pdf, document, signature, evidence, hole, label)
    except Unpreparable:
        raise
    except MALFORMED as trouble:
        raise Unpreparable("damaged") from trouble


def _prepared(pdf: bytes, document: Pdf, signature: Dictionary, evidence: Evidence, hole: int, label: str) -> Prepared:
    mark = secrets.token_bytes(MARK_BYTES)
    signature.Contents = String(mark.ljust(hole, b"\0"))
    plain = plain_bodies(pdf, document)
    draft = Draft(document, free=len(plain) + 1 if plain else None)
    seal = draft.add(signature)
    _add_field(draft, seal, label)
    _certify(draft, seal, evidence)
    written = rebuilt(plain, draft, apart={seal.objgen[0]}) if plain else _written(document)
    return find(written, mark, hole)


def _refuse(document: Pdf) -> None:
    if document.is_encrypted:
        raise Unpreparable("encrypted")
    form = document.Root.get(Name.AcroForm)
    if form is not None and int(form.get(Name.SigFlags, 0)) & fields.SIGNATURES_EXIST:
        raise Unpreparable("already-signed")


def _signature(*, reason: str, location: str, at: datetime, name: str) -> Dictionary:
    """No digest entries in the reference: PDF/A-3 forbids them."""
    allowed = Dictionary(Type=Name.TransformParams, P=1, V=Name("/1.2"))
    certified = Dictionary(Type=Name.SigRef, TransformMethod=Name.DocMDP, TransformParams=allowed)
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        ByteRange=Array([0, UNSET, UNSET, UNSET]),
        M=String(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")),
        Reason=String(reason),
        Name=String(name),
        Location=String(location),
        Reference=Array([certified]),
    )


def _add_field(draft: Draft, seal: Object, label: str) -> None:
    """On the first page, without a look of its own: what people see of the seal is part of the page."""
    page = draft.document.pages[0].obj
    widget = fields.add(draft, seal, stem="Seal")
    widget.TU = String(label)
    widget.P = page
    page.Annots = Array([*page.get(Name.Annots, Array()), widget])
    draft.change(page)
    if Name.StructTreeRoot in draft.document.Root:
        tagging.add_form(draft, page, widget, label)


def _certify(draft: Draft, seal: Object, evidence: Evidence) -> None:
    """In the catalog: what is certified, with what evidence, and that this is ETSI's, not in PDF 1.7 itself."""
    root = draft.document.Root
    root.Perms = Dictionary(DocMDP=seal)
    root.DSS = draft.add(_evidence(draft, evidence))
    if Name.Extensions not in root:
        root.Extensions = Dictionary()
    root.Extensions.ESIC = Dictionary(Type=Name.DeveloperExtensions, BaseVersion=Name("/1.7"), ExtensionLevel=5)
    draft.change(root.Extensions, root)
    draft.change(root)


def _evidence(draft: Draft, evidence: Evidence) -> Dictionary:
    store = Dictionary(Type=Name.DSS)
    for kind, shelf in SHELVES.items():
        if values := getattr(evidence, kind):
            store[shelf] = Array([draft.add_stream(value) for value in values])
    return store


def _written(document: Pdf) -> bytes:
    written = _write(document, compress=True)
    if streams.UNLUCKY not in written:
        return written
    streams.armour(document)
    return _write(document, compress=False)


def _write(document: Pdf, *, compress: bool) -> bytes:
    """What is compressed already, metadata and so the page itself stay as they are. PDF/A-1 forbids packed objects."""
    metadata = document.Root.get(Name.Metadata)
    is_old = isinstance(metadata, Stream) and PDFA_1.search(metadata.read_raw_bytes())
    out = BytesIO()
    document.save(
        out,
        min_version=VERSION,
        fix_metadata_version=False,
        compress_streams=compress,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.disable if is_old else ObjectStreamMode.generate,
    )
    return out.getvalue()
