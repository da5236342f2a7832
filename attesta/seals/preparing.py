"""A PDF made ready for its seal: one revision with everything but the signature, and holes where that goes.

Parses the PDF: for what others made, run this in a confined process. Recipe: PAdES B-LT (EN 319 142-1) as a
certification that allows no change (ISO 32000-2, 12.8.2.2), on top of PDF/A-3 and PDF/UA-1 when the page has them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, StreamDecodeLevel, String

from attesta.seals import tagging
from attesta.seals.evidence import Evidence

UNSET = 9_999_999_999  # in the placeholder of the byte range: as wide as it gets
BYTE_RANGE = re.compile(rb"/ByteRange \[ 0 9999999999 9999999999 9999999999 \] /Contents <")
MARK_BYTES = 16
FLAGS = 132  # print and locked
SIGNATURES_EXIST, APPEND_ONLY = 1, 2
VERSION = "1.7"


class Unpreparable(ValueError):
    """The PDF cannot take our seal as it is: encrypted, or already signed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """``contents``: from "<" to behind ">", the signature's place; ``byte_range``: from "[" to behind "]"."""

    pdf: bytes
    contents: tuple[int, int]
    byte_range: tuple[int, int]

    @classmethod
    def parse(cls, pdf: bytes, contents: tuple[int, int], byte_range: tuple[int, int]) -> Prepared:
        """From another process. Raises ValueError when these are not the places of holes."""
        hole = pdf[slice(*contents)]
        between = pdf[slice(*byte_range)]
        ordered = 0 < byte_range[0] < byte_range[1] < contents[0] < contents[1] < len(pdf)
        if not ordered or hole != b"<%b>" % b"0".ljust(len(hole) - 2, b"0") or between != _placeholder():
            raise ValueError("These are not the holes of a prepared PDF.")
        return cls(pdf, contents, byte_range)


def prepare(
    pdf: bytes, *, evidence: Evidence, hole: int, label: str, reason: str, location: str, at: datetime, name: str
) -> Prepared:
    """``hole``: bytes for the signature. ``label``: the field's name for people (screen readers say it).

    Raises Unpreparable, or pikepdf's PdfError for what is not a PDF.
    """
    mark = secrets.token_bytes(MARK_BYTES)
    with Pdf.open(BytesIO(pdf)) as document:
        _refuse(document)
        signature = _signature(reason=reason, location=location, at=at, name=name)
        signature.Contents = String(mark.ljust(hole, b"\0"))
        seal = document.make_indirect(signature)
        _add_field(document, seal, label)
        document.Root.Perms = Dictionary(DocMDP=seal)
        document.Root.DSS = document.make_indirect(_evidence(document, evidence))
        _tell_extension(document)
        return _find_holes(_write(document), mark, hole)


def _refuse(document: Pdf) -> None:
    if document.is_encrypted:
        raise Unpreparable("encrypted")
    form = document.Root.get(Name.AcroForm)
    if form is not None and int(form.get(Name.SigFlags, 0)) & SIGNATURES_EXIST:
        raise Unpreparable("already-signed")


def _signature(*, reason: str, location: str, at: datetime, name: str) -> Dictionary:
    """No digest entries in the reference: PDF/A-3 forbids them."""
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        ByteRange=Array([0, UNSET, UNSET, UNSET]),
        M=String(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")),
        Reason=String(reason),
        Name=String(name),
        Location=String(location),
        Reference=Array(
            [
                Dictionary(
                    Type=Name.SigRef,
                    TransformMethod=Name.DocMDP,
                    TransformParams=Dictionary(Type=Name.TransformParams, P=1, V=Name("/1.2")),
                )
            ]
        ),
    )


def _add_field(document: Pdf, seal: Dictionary, label: str) -> None:
    """On the first page, without a look of its own: what people see of the seal is part of the page."""
    page = document.pages[0].obj
    root = document.Root
    form = root.get(Name.AcroForm)
    if form is None:
        form = root.AcroForm = document.make_indirect(Dictionary(Fields=Array()))
    fields = form.get(Name.Fields)
    if fields is None:
        fields = form.Fields = Array()
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(_free_name(fields)),
            TU=String(label),
            V=seal,
            P=page,
            Rect=Array([0, 0, 0, 0]),
            F=FLAGS,
        )
    )
    fields.append(widget)
    form.SigFlags = SIGNATURES_EXIST | APPEND_ONLY
    annotations = page.get(Name.Annots)
    page.Annots = Array([*(annotations if annotations is not None else ()), widget])
    if Name.StructTreeRoot in root:
        tagging.add_form(document, page, widget, label)


def _free_name(fields: Iterable[Dictionary]) -> str:
    taken = {str(field.get(Name.T, "")) for field in fields}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Seal{number}") not in taken)


def _evidence(document: Pdf, evidence: Evidence) -> Dictionary:
    shelves = {"Certs": evidence.certificates, "CRLs": evidence.crls, "OCSPs": evidence.ocsps}
    store = Dictionary(Type=Name.DSS)
    for name, values in shelves.items():
        if values:
            store[f"/{name}"] = Array([document.make_stream(value) for value in values])
    return store


def _tell_extension(document: Pdf) -> None:
    """That what is ETSI's is not in PDF 1.7 itself."""
    root = document.Root
    extensions = root.get(Name.Extensions)
    if extensions is None:
        extensions = root.Extensions = Dictionary()
    extensions.ESIC = Dictionary(Type=Name.DeveloperExtensions, BaseVersion=Name("/1.7"), ExtensionLevel=5)


def _write(document: Pdf) -> bytes:
    """Streams, metadata and so the page itself stay as they are."""
    out = BytesIO()
    document.save(
        out,
        min_version=VERSION,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
    )
    return out.getvalue()


def _find_holes(pdf: bytes, mark: bytes, hole: int) -> Prepared:
    """The mark is random: nothing in the document can have forged the place."""
    written = mark.hex().encode()
    start = pdf.index(b"<" + written)
    end = start + 2 + 2 * hole
    found = BYTE_RANGE.search(pdf, start - len(_placeholder()) - 32, start + 1)
    assert found
    byte_range = found.start() + len(b"/ByteRange "), found.start() + len(b"/ByteRange ") + len(_placeholder())
    empty = pdf[: start + 1] + b"0" * len(written) + pdf[start + 1 + len(written) :]
    return Prepared.parse(empty, (start, end), byte_range)


def _placeholder() -> bytes:
    return b"[ 0 %d %d %d ]" % (UNSET, UNSET, UNSET)
