"""What people do to sealed files, honestly or not. Each takes a sealed PDF and gives another file."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

PAINT = b"q 1 1 1 rg 0 0 612 792 re f 0 0 0 rg BT /F1 18 Tf 72 700 Td (Doctorat) Tj ET Q"
RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")

type Edit = Callable[[IncrementalPdfFileWriter], None]


# Bytes


def flipped(pdf: bytes, place: int, mask: int) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= mask
    return bytes(changed)


def random_flips(pdf: bytes, count: int, *, seed: int) -> list[tuple[int, bytes]]:
    """``count`` files, each with one other byte somewhere, and where."""
    random = Random(seed)
    places = [(random.randrange(len(pdf)), random.randrange(1, 256)) for _ in range(count)]
    return [(place, flipped(pdf, place, mask)) for place, mask in places]


def truncated(pdf: bytes, length: int) -> bytes:
    return pdf[:length]


def with_bytes_behind(pdf: bytes, added: bytes = b"\n% nothing to see here\n%%EOF\n") -> bytes:
    return pdf + added


def hole(pdf: bytes) -> tuple[int, int]:
    """Where the first signature's contents stand, brackets included."""
    found = RANGE.search(pdf)
    assert found
    return int(found[1]), int(found[2])


def contents(pdf: bytes) -> bytes:
    """The first signature, with its padding."""
    start, end = hole(pdf)
    return bytes.fromhex(pdf[start + 1 : end - 1].decode())


def with_contents(pdf: bytes, signature: bytes) -> bytes:
    """Another signature in the same hole."""
    start, end = hole(pdf)
    digits = signature.hex().encode().ljust(end - start - 2, b"0")
    assert len(digits) == end - start - 2
    return pdf[: start + 1] + digits + pdf[end - 1 :]


def with_padding_written(pdf: bytes) -> bytes:
    """A message in the empty space behind the signature."""
    start, end = hole(pdf)
    return pdf[: end - 5] + b"beef" + pdf[end - 1 :]


def pasted(pdf: bytes, other: bytes) -> bytes:
    """The signature of another document."""
    return with_contents(pdf, contents(other).rstrip(b"\0"))


# Whole files written anew


def _rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def stripped(pdf: bytes) -> bytes:
    """The same pages without their seal."""

    def strip(document: pikepdf.Pdf) -> None:
        del document.Root.AcroForm
        for key in ("/Perms", "/DSS"):
            if key in document.Root:
                del document.Root[key]
        for page in document.pages:
            if "/Annots" in page.obj:
                del page.obj.Annots

    return _rewritten(pdf, strip)


def saved_again(pdf: bytes) -> bytes:
    """Opened and saved by another program: nothing changed but the bytes."""
    return _rewritten(pdf, lambda document: None)


# Later revisions


def edited(pdf: bytes, *edits: Edit) -> bytes:
    """One later revision after another."""
    for edit in edits:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        edit(writer)
        out = BytesIO()
        writer.write(out)
        pdf = out.getvalue()
    return pdf


def painted_over(pdf: bytes) -> bytes:
    """A white sheet and other words over the first page; pdfsig still says that the signature is valid."""
    return edited(pdf, paint)


def paint(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    drawing = page.raw_get("/Contents")
    parts = list(drawing) if isinstance(drawing, generic.ArrayObject) else [drawing]
    added = writer.add_object(generic.StreamObject(stream_data=PAINT))
    page["/Contents"] = generic.ArrayObject([*parts, added])
    writer.update_container(page)


def repaint_in_place(writer: IncrementalPdfFileWriter) -> None:
    """The page's own drawing is overwritten; the page is not touched."""
    drawing = first_page(writer).raw_get("/Contents")
    while not isinstance(drawing, generic.IndirectObject):
        drawing = drawing.raw_get(0)
    stream = generic.StreamObject(stream_data=PAINT)
    writer.objects[(drawing.generation, drawing.idnum)] = stream


def swap_font(writer: IncrementalPdfFileWriter) -> None:
    """The same text drawn with another font: any font can draw any letter."""
    fonts = first_page(writer)["/Resources"]["/Font"]
    name = next(iter(fonts))
    font = fonts[name]
    font["/BaseFont"] = pdf_name("/ZapfDingbats")
    writer.update_container(font)


def append_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 612, 792))),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def remove_last_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def turn_pages_around(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].reverse()
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def change_title(writer: IncrementalPdfFileWriter) -> None:
    info = generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("Doctorat")})
    writer.set_info(writer.add_object(info))


def annotate(writer: IncrementalPdfFileWriter) -> None:
    """A note with opaque text over the page (evil annotation attack)."""
    look = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 400 60 re f")
    for key, value in {"/Type": "/XObject", "/Subtype": "/Form"}.items():
        look[pdf_name(key)] = pdf_name(value)
    look[pdf_name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 400, 60)))
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (60, 660, 460, 720))),
            pdf_name("/Contents"): generic.TextStringObject("Doctorat"),
            pdf_name("/DA"): generic.TextStringObject("/F1 18 Tf"),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
        }
    )
    page = first_page(writer)
    present = page["/Annots"] if "/Annots" in page else generic.ArrayObject()
    page["/Annots"] = generic.ArrayObject([*present, writer.add_object(note)])
    writer.update_container(page)


def attach(writer: IncrementalPdfFileWriter) -> None:
    """Something under the document's names."""
    writer.root["/Names"] = generic.DictionaryObject(
        {pdf_name("/EmbeddedFiles"): generic.DictionaryObject({pdf_name("/Names"): generic.ArrayObject()})}
    )
    writer.update_root()


def act_at_opening(writer: IncrementalPdfFileWriter) -> None:
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


def hide_seal(writer: IncrementalPdfFileWriter) -> None:
    """The form forgets its fields: viewers show no seal at all."""
    form = writer.root["/AcroForm"]
    form["/Fields"] = generic.ArrayObject()
    writer.update_container(form)
    writer.update_root()


def empty_seal(key: str, value: generic.PdfObject | None = None) -> Edit:
    """Universal signature forgery: the signature's own entry is taken away, or made nothing."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        seal = writer.root["/AcroForm"]["/Fields"][0]["/V"]
        bare = generic.DictionaryObject({each: seal.raw_get(each) for each in seal if each != key})
        if value is not None:
            bare[pdf_name(key)] = value
        ref = writer.root["/AcroForm"]["/Fields"][0].raw_get("/V")
        writer.objects[(ref.generation, ref.idnum)] = bare

    return edit


def first_page(handler: Any) -> Any:
    node = handler.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0]
    return node
