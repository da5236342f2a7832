"""What people do to sealed files, honestly or not. Each takes a sealed PDF and gives another file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from random import Random
from types import MappingProxyType
from typing import Any

import pikepdf
from asn1crypto import cms, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

PAINT = b"q 1 1 1 rg 0 0 612 792 re f 0 0 0 rg BT /F1 18 Tf 72 700 Td (Doctorat) Tj ET Q"
RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")

WRAPPING = 2048  # room for a table in the gap

type Edit = Callable[[IncrementalPdfFileWriter], None]


# Bytes and structure


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
    _, end = hole(pdf)
    return pdf[: end - 5] + b"beef" + pdf[end - 1 :]


def pasted(pdf: bytes, other: bytes) -> bytes:
    """The signature of another document."""
    return with_contents(pdf, contents(other).rstrip(b"\0"))


def by_hand(
    pdf: bytes, objects: Mapping[int, bytes] = MappingProxyType({}), *, root: int = 0, freed: Sequence[int] = ()
) -> bytes:
    """One more revision with these objects, a table, and a trailer that may lead to another catalogue."""
    written, lines = pdf, []
    for number, body in objects.items():
        lines.append((number, b"%010d 00000 n \n" % len(written)))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    lines += [(number, b"%010d 00001 f \n" % 0) for number in freed]
    with pikepdf.open(BytesIO(pdf)) as document:
        size = max([int(document.trailer.Size), *(number + 1 for number in objects)])
        leads_to = root or document.Root.objgen[0]
    table = b"xref\n" + b"".join(b"%d 1\n%b" % line for line in lines)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return written + table + trailer % (size, leads_to, last_table(pdf), len(written))


def last_table(pdf: bytes) -> int:
    return int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])


def with_metadata_by(pdf: bytes, program: bytes) -> bytes:
    """The metadata as that program writes them anew, later."""
    with pikepdf.open(BytesIO(pdf)) as document:
        metadata = document.Root.Metadata
        number, xmp = metadata.objgen[0], metadata.read_bytes()
    xmp = re.sub(rb'pdf:Producer="[^"]*"', b'pdf:Producer="%b"' % program, xmp)
    xmp = re.sub(rb'xmp:ModifyDate="[^"]*"', b'xmp:ModifyDate="2030-01-01T00:00:00Z"', xmp)
    return by_hand(
        pdf, {number: b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\nendstream" % (len(xmp), xmp)}
    )


def drawing_number(pdf: bytes) -> int:
    """The object with the first page's drawing."""
    with pikepdf.open(BytesIO(pdf)) as document:
        drawing = document.pages[0].obj.Contents
        found: int = (drawing[0] if isinstance(drawing, pikepdf.Array) else drawing).objgen[0]
    return found


PAINTED = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(PAINT), PAINT)


def with_drawing_freed(pdf: bytes) -> bytes:
    return by_hand(pdf, freed=[drawing_number(pdf)])


def with_drawing_freed_unsaid(pdf: bytes) -> bytes:
    """As what was never used is marked: its next generation is 0."""
    freed = with_drawing_freed(pdf)
    place = freed.rindex(b"0000000000 00001 f")
    return freed[:place] + b"0000000000 00000 f" + freed[place + 18 :]


def with_drawing_named_twice(pdf: bytes) -> bytes:
    """One table says where the new drawing stands, and where the old one does: readers take the first, or the last."""
    number, place = drawing_number(pdf), len(pdf)
    changed = by_hand(pdf, {number: PAINTED})
    new = b"%d 1\n%010d 00000 n \n" % (number, place)
    old = b"%d 1\n%010d 00000 n \n" % (number, pdf.index(b"\n%d 0 obj" % number) + 1)
    assert changed.count(new) == 1
    return changed.replace(new, new + old)


def with_other_catalog(pdf: bytes) -> bytes:
    """The trailer leads to a new catalogue; the old one is untouched."""
    with pikepdf.open(BytesIO(pdf)) as document:
        number = int(document.trailer.Size)
        entries = {str(key): value.unparse() for key, value in document.Root.items() if value.is_indirect}
    written = b" ".join(key.encode() + b" " + value for key, value in entries.items())
    return by_hand(pdf, {number: b"<< /Type /Catalog %b /OpenAction << /S /Launch >> >>" % written}, root=number)


def with_loose_object(pdf: bytes) -> bytes:
    """A new drawing for the first page, as an object that no table knows."""
    return pdf + b"%d 0 obj\n%b\nendobj\n" % (drawing_number(pdf), PAINTED)


def with_gap(pdf: bytes) -> bytes:
    """The range leaves out a kilobyte more than the signature; its numbers keep their width."""
    found = RANGE.search(pdf)
    assert found
    first, second, rest = (int(found[index]) for index in (1, 2, 3))
    numbers = b"/ByteRange [0 %d %d %d" % (first, second + 1024, rest - 1024)
    return pdf[: found.start()] + numbers.ljust(len(found[0]) - 1) + b"]" + pdf[found.end() :]


def wrapped(pdf: bytes) -> bytes:
    """Signature wrapping: what was signed behind the hole moves to the end, and new objects stand in the gap.

    The moved end still says where the table begins: there stands a new one, inside the gap. All that was signed is
    there, in order. Needs a file whose last revision has a table.
    """
    start, end = hole(pdf)
    table = last_table(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        root, size = document.Root.objgen[0], int(document.trailer.Size)
        seal = document.Root.AcroForm.Fields[0].V.objgen[0]
    second = table + WRAPPING
    entry = b"/ByteRange [0 %d %d %d]" % (start, second, len(pdf) - end)
    bodies = {
        drawing_number(pdf): PAINTED,
        seal: b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached %b /Contents %b >>"
        % (entry, pdf[start:end]),
    }
    gap, lines = b"<00>\n", []
    for number, body in bodies.items():
        lines.append(b"%d 1\n%010d 00000 n \n" % (number, start + len(gap)))
        gap += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    assert start + len(gap) < table
    gap = gap.ljust(table - start) + b"xref\n" + b"".join(lines)
    gap += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, second + table - end)
    return pdf[:start] + gap.ljust(second - start) + pdf[end:]


def _resigned(pdf: bytes, change: Callable[[cms.ContentInfo], None]) -> bytes:
    """The parts of the signature that it does not protect itself, changed."""
    signature = cms.ContentInfo.load(contents(pdf))
    change(signature)
    return with_contents(pdf, signature.dump(force=True))


def with_certificate(pdf: bytes, certificate: bytes) -> bytes:
    """One more certificate among those inside the signature."""

    def add(signature: cms.ContentInfo) -> None:
        signature["content"]["certificates"].append(x509.Certificate.load(certificate))

    return _resigned(pdf, add)


def with_stamp_of(pdf: bytes, other: bytes) -> bytes:
    """The time-stamp of another document's seal."""
    stamp = _signer(cms.ContentInfo.load(contents(other)))["unsigned_attrs"]

    def put(signature: cms.ContentInfo) -> None:
        _signer(signature)["unsigned_attrs"] = stamp.copy()

    return _resigned(pdf, put)


def without_stamp(pdf: bytes) -> bytes:
    def remove(signature: cms.ContentInfo) -> None:
        _signer(signature)["unsigned_attrs"] = None

    return _resigned(pdf, remove)


def _signer(signature: cms.ContentInfo) -> cms.SignerInfo:
    signer: cms.SignerInfo = signature["content"]["signer_infos"][0]
    return signer


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


def of_kind(pdf: bytes, kind: str) -> bytes:
    """With something that calls itself a signature of that kind."""

    def add(document: pikepdf.Pdf) -> None:
        seal = pikepdf.Dictionary(Type=pikepdf.Name.Sig, SubFilter=pikepdf.Name(kind), Contents=pikepdf.String("x"))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("S"), V=document.make_indirect(seal))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(field)]))

    return _rewritten(pdf, add)


def encrypted(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="propriétaire", user=""))
    return out.getvalue()


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


def touch_nothing(writer: IncrementalPdfFileWriter) -> None:
    """An object that nothing uses."""
    writer.add_object(generic.NullObject())


def unpaint(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page["/Contents"] = page.raw_get("/Contents").raw_get(0)
    writer.update_container(page)


def change_metadata(writer: IncrementalPdfFileWriter) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><t>Doctorat</t></x:xmpmeta>'
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=xmp))
    writer.update_root()


def add_evidence(writer: IncrementalPdfFileWriter) -> None:
    """One more certificate in the document's store, whatever it is."""
    store = writer.root["/DSS"]
    store["/Certs"] = generic.ArrayObject([*store["/Certs"], writer.add_object(generic.StreamObject(stream_data=b"?"))])
    writer.update_container(store)


def add_layers(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OCProperties"] = generic.DictionaryObject({pdf_name("/OCGs"): generic.ArrayObject()})
    writer.update_root()


def swap_page_tree(writer: IncrementalPdfFileWriter) -> None:
    """The catalogue leads to other pages; the old ones are all still there, untouched."""
    tree = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Pages"), pdf_name("/Count"): generic.NumberObject(1)}
    )
    reference = writer.add_object(tree)
    page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): reference})
    tree["/Kids"] = generic.ArrayObject([writer.add_object(page)])
    writer.root["/Pages"] = reference
    writer.update_root()


def uncover(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    del page["/Annots"]
    writer.update_container(page)


def hide_pages(writer: IncrementalPdfFileWriter) -> None:
    """Before sealing: a second page tree, which nothing shows."""
    shown = writer.root.raw_get("/Pages")
    swap_page_tree(writer)
    writer.root["/PieceInfo"] = writer.root.raw_get("/Pages")
    writer.root["/Pages"] = shown


def bring_out_pages(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Pages"] = writer.root.raw_get("/PieceInfo")
    writer.update_root()


def first_page(handler: Any) -> Any:
    node = handler.root["/Pages"]
    while "/Kids" in node:
        node = node["/Kids"][0]
    return node
