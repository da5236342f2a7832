"""PDFs and signatures made to exhaust whoever reads them: small files, large work."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf

from tests.harness.packing import repeated
from tests.harness.pdfs import make_pdf


def _written(objects: dict[int, bytes], *, size: int = 0, trailer: bytes = b"") -> bytes:
    """A file of these objects with a table; the catalogue is object 1."""
    pdf, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(pdf)
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    table += b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in places.items())
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + table + end % (size or max(objects) + 1, trailer, len(pdf))


def _compressed(start: bytes) -> bytes:
    """``start`` and 200 MB of spaces."""
    return repeated(b" " * 1_000_000, 200, start=start)


def _with_cross_reference_stream(entries: bytes, data: bytes) -> bytes:
    pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    body = b"2 0 obj\n<< /Type /XRef /Root 1 0 R /Length %d %b >>\nstream\n%b\nendstream\nendobj\n"
    return pdf + body % (len(data), entries, data) + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def endless_cross_references() -> bytes:
    """A thousand million entries of no width."""
    return _with_cross_reference_stream(b"/Size 1000000000 /W [0 0 0]", b"")


def short_cross_references() -> bytes:
    """Entries that a lenient reader makes up when the data has ended."""
    return _with_cross_reference_stream(b"/Size 1000000000 /W [1 2 1]", b"\1\0\x09\0")


def inflating_cross_references() -> bytes:
    data = _compressed(b"")
    return _with_cross_reference_stream(b"/Size 50000000 /W [1 2 1] /Filter /FlateDecode", data)


def inflating_objects() -> bytes:
    """The catalogue is in an object stream of 200 MB."""
    data = _compressed(b"1 0 << /Type /Catalog >>")
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (
        len(data),
        data,
    )
    pdf = b"%%PDF-1.7\n3 0 obj\n%b\nendobj\n" % stream
    entries = b"\0\0\0\xff" + b"\2\0\3\0" + b"\1%b\0" % len(pdf).to_bytes(3)[1:] + b"\1\0\x09\0"
    body = b"2 0 obj\n<< /Type /XRef /Root 1 0 R /Size 4 /W [1 2 1] /Length 16 >>\nstream\n%b\nendstream\nendobj\n"
    return pdf + body % entries + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def deep_arrays() -> bytes:
    return _written({1: b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b"]" * 200_000 + b" >>"})


def deep_dictionaries() -> bytes:
    return _written({1: b"<< /A " * 100_000 + b"1" + b" >>" * 100_000})


def circling_fields() -> bytes:
    form = b"<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>"
    return _written({1: form, 2: b"<< /T (a) /Kids [3 0 R] >>", 3: b"<< /T (b) /Kids [2 0 R 2 0 R] >>"})


def deep_fields() -> bytes:
    objects = {1: b"<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>"}
    objects |= {number: b"<< /T (a) /Kids [%d 0 R] >>" % (number + 1) for number in range(2, 5000)}
    return _written(objects | {5000: b"<< /T (z) /FT /Sig /V << /Type /Sig >> >>"})


def doubling_fields() -> bytes:
    """Each field has the next one twice."""
    objects = {1: b"<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>"}
    objects |= {number: b"<< /T (a) /Kids [%d 0 R %d 0 R] >>" % (number + 1, number + 1) for number in range(2, 60)}
    return _written(objects | {60: b"<< /T (z) /FT /Tx >>"})


def many_seals() -> bytes:
    form = b"<< /Type /Catalog /AcroForm << /Fields [%b] >> >>" % b" ".join(b"%d 0 R" % n for n in range(2, 3000))
    seal = b"<< /T (%d) /FT /Sig /V << /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents <00> >> >>"
    return _written({1: form} | {number: seal % number for number in range(2, 3000)})


def many_revisions() -> bytes:
    pdf = make_pdf()
    place = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    parts = [pdf]
    length = len(pdf)
    for _ in range(20_000):
        part = b"xref\n0 0\ntrailer\n<< /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (place, length)
        place, length = length, length + len(part)
        parts.append(part)
    return b"".join(parts)


def circling_revisions() -> bytes:
    pdf = make_pdf()
    return pdf + b"xref\n0 0\ntrailer\n<< /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(pdf),
        len(pdf),
    )


def long_number() -> bytes:
    return _written({1: b"<< /Type /Catalog /Pages " + b"9" * 1_000_000 + b" >>"})


def long_name() -> bytes:
    return _written({1: b"<< /Type /Catalog /" + b"#41" * 1_000_000 + b" 1 >>"})


def unclosed_text() -> bytes:
    return _written({1: b"<< /Type /Catalog /A (" + b"(" * 2_000_000 + b" >>"})


def many_ranges() -> bytes:
    """Thousands of byte ranges, each of which could be a seal's."""
    ranges = b"".join(b"/ByteRange [0 1 %d 1]\n" % number for number in range(100, 40_000))
    return b"%PDF-1.7\n" + ranges + b"startxref\n0\n%%EOF\n"


def maze(levels: int = 40) -> bytes:
    """A sound page, beside objects that lead twice to the next: a million million ways to the last."""
    with pikepdf.open(BytesIO(make_pdf(pages=2))) as document:
        step = document.make_indirect(pikepdf.Dictionary())
        for _ in range(levels):
            step = document.make_indirect(pikepdf.Dictionary(A=step, B=step))
        document.Root.PieceInfo = step
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def deep_der(levels: int = 6000) -> bytes:
    """A signature whose parts stand in each other."""
    inner = b"\x05\x00"
    for _ in range(levels):
        length = len(inner)
        size = length.to_bytes((length.bit_length() + 7) // 8)
        inner = b"\x30" + (bytes([length]) if length < 128 else bytes([0x80 | len(size)]) + size) + inner
    return inner


BOMBS: list[Callable[[], bytes]] = [
    endless_cross_references,
    short_cross_references,
    inflating_cross_references,
    inflating_objects,
    deep_arrays,
    deep_dictionaries,
    circling_fields,
    deep_fields,
    doubling_fields,
    many_seals,
    many_revisions,
    circling_revisions,
    long_number,
    long_name,
    unclosed_text,
    many_ranges,
]
