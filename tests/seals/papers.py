"""PDFs as other programs make them: each with something that a seal has to live with."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.harness.pdfs import make_pdf


def saved(document: pikepdf.Pdf, **how: Any) -> bytes:
    out = BytesIO()
    document.save(out, **how)
    return out.getvalue()


def opened(pages: int = 2) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(make_pdf(pages=pages)))


def untagged() -> bytes:
    return make_pdf(pages=2)


def with_streams() -> bytes:
    """Object streams and a cross-reference stream."""
    return saved(opened(), object_stream_mode=pikepdf.ObjectStreamMode.generate)


def linearized() -> bytes:
    return saved(opened(), linearize=True)


def old() -> bytes:
    """PDF 1.2 with a cross-reference table, attributes inherited by the page, no final newline, no ID."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        b"<< /Length 44 >>\nstream\nBT /F1 18 Tf 72 700 Td (Releve de notes) Tj ET\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    pdf, places = b"%PDF-1.2\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(pdf)
    return pdf + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def edited() -> bytes:
    """Two revisions: the page was turned and the change hung on at the end."""
    first = old()
    place = len(first) + 1
    page = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Rotate 270 >>\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \n" % place
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + b"\n" + page + table + trailer % (first.rindex(b"xref\n0 6"), place + len(page))


def turned() -> bytes:
    document = opened()
    for page, angle in zip(document.pages, (90, 180), strict=True):
        page.rotate(angle, relative=False)
    return saved(document)


def form() -> bytes:
    """A form to fill in, whose field has the name that our seal would take, and a note on the page."""
    document = opened()
    page = document.pages[0].obj
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("Seal1"),
            V=String("Zoé"),
            Rect=Array([72, 500, 300, 520]),
            P=page,
            F=4,
        )
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("Note"))
    page.Annots = document.make_indirect(Array([field, document.make_indirect(note)]))
    document.Root.AcroForm = Dictionary(
        Fields=document.make_indirect(Array([field])), DA=String("/Helv 12 Tf 0 g"), DR=Dictionary()
    )
    return saved(document)


def form_without_fields() -> bytes:
    document = opened()
    document.Root.AcroForm = Dictionary(NeedAppearances=False)
    return saved(document)


def tagged_otherwise() -> bytes:
    """One element, not in a list; a parent tree with branches and no next key."""
    document = opened(pages=1)
    page = document.pages[0].obj
    page.Contents = document.make_stream(b"/P << /MCID 0 >> BDC BT /F1 18 Tf 72 700 Td (Texte) Tj ET EMC")
    page.StructParents = 4
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    paragraph = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=page, K=0))
    tree.K = paragraph
    leaf = document.make_indirect(Dictionary(Nums=Array([4, Array([paragraph])]), Limits=Array([4, 4])))
    tree.ParentTree = document.make_indirect(Dictionary(Kids=Array([leaf])))
    document.Root.StructTreeRoot = tree
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.Lang = String("fr-CA")
    return saved(document)


def tagged_emptily() -> bytes:
    """A structure without elements."""
    document = opened()
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    return saved(document)


def decoy() -> bytes:
    """Two things in it read like the holes of a signature: a picture's data and a signature that no field has."""
    document = opened(pages=1)
    hole = b"/ByteRange [ 0 9999999999 9999999999 9999999999 ] /Contents <" + b"0" * 6000 + b">"
    document.Root.Hidden = document.make_stream(hole, Filter=Name.JPXDecode)
    document.Root.Marked = document.make_indirect(
        Dictionary(Type=Name.Sig, ByteRange=Array([0] + [9999999999] * 3), Contents=String(bytes(3000)))
    )
    return saved(document)


def extended() -> bytes:
    """Another maker's extensions and usage rights."""
    document = opened()
    document.Root.Extensions = Dictionary(ADBE=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=8))
    document.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))
    return saved(document, min_version=("1.7", 8))


def newer() -> bytes:
    return saved(opened(), force_version="2.0")


def long() -> bytes:
    """Forty tagged pages: the parent tree has as many entries, in one list, and two pages have links."""
    document = opened(pages=40)
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array()))
    numbers = Array()
    for number, page in enumerate(document.pages):
        drawing = b"/P << /MCID 0 >> BDC BT /F1 18 Tf 72 700 Td (Page %d) Tj ET EMC" % number
        page.obj.Contents = document.make_stream(drawing)
        page.obj.StructParents = number
        paragraph = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=page.obj, K=0))
        whole.K.append(paragraph)
        numbers.append(number)
        numbers.append(Array([paragraph]))
    for page in document.pages[:2]:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4)
        page.obj.Annots = Array([document.make_indirect(link)])
    tree.K, tree.ParentTree = whole, Dictionary(Nums=numbers)
    document.Root.StructTreeRoot = tree
    document.Root.MarkInfo = Dictionary(Marked=True)
    return saved(document)


def with_a_page_in_place() -> bytes:
    """The page stands directly in the list of pages."""
    first = old().replace(b"/Kids [3 0 R]", b"/Kids [<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>]")
    return resaved_by_hand(first)


def with_a_page_twice() -> bytes:
    return resaved_by_hand(old().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 3 0 R] /Count 2"))


def resaved_by_hand(pdf: bytes) -> bytes:
    """The same objects, with a table that fits them, in version 1.7."""
    pieces = [piece + b"endobj\n" for piece in pdf.split(b"endobj\n")[:-1]]
    pieces[0] = pieces[0].replace(b"%PDF-1.2\n", b"")
    written, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for piece in pieces:
        places.append(len(written))
        written += piece
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def plainly(paper: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, as our own composer writes: one table, nothing packed."""

    def plain() -> bytes:
        with pikepdf.open(BytesIO(paper())) as document:
            return saved(document, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable)

    plain.__name__ = f"plainly_{paper.__name__}"
    return plain


PAPERS: list[Callable[[], bytes]] = [
    untagged,
    with_streams,
    linearized,
    old,
    edited,
    turned,
    form,
    form_without_fields,
    tagged_otherwise,
    tagged_emptily,
    decoy,
    extended,
    newer,
    long,
    with_a_page_in_place,
    with_a_page_twice,
    *map(plainly, (untagged, form, form_without_fields, tagged_otherwise, tagged_emptily, decoy, long)),
]
