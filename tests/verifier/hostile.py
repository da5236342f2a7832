"""Files that are made to break, stall or bloat whoever reads them; each for its own reason."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterable
from functools import cache

from tests.credentials import files
from tests.harness.packing import repeated
from tests.harness.pdfs import make_pdf

MEGABYTE = 1024 * 1024
ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"


def written(*objects: bytes, trailer: bytes = b"", behind: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a table of them; the first is its root."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(behind + b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def packed(size: int, times: int = 1) -> bytes:
    """``size`` zeros, whole megabytes of them, deflated ``times`` over."""
    data = repeated(bytes(MEGABYTE), size // MEGABYTE)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def form(fields: bytes) -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields %s >> >>" % fields


def seal(contents: bytes = b"<00>", byte_range: bytes = b"[0 10 20 30]", more: bytes = b"") -> bytes:
    return b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange %s /Contents %s %s >>" % (
        byte_range,
        contents,
        more,
    )


def sealed_with(value: bytes) -> bytes:
    field = b"<< /FT /Sig /T (Seal) /V 5 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>"
    return written(form(b"[4 0 R]"), PAGES, PAGE, field, value)


def many_fields(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    field = b"<< /FT /Sig /T (S) /V << /Type /Sig /Contents <00> /ByteRange [0 1 2 3] >> >>"
    return written(form(b"[%s]" % kids), PAGES, PAGE, *[field] * count)


def evidence(count: int) -> bytes:
    """A store of so many certificates, before a seal that is none."""
    kids = b" ".join(b"6 0 R" for _ in range(count))
    root = form(b"[4 0 R]")[:-2] + b"/DSS << /Certs [%s] /CRLs [%s] >> >>" % (kids, kids)
    field = b"<< /FT /Sig /T (Seal) /V 5 0 R >>"
    return written(root, PAGES, PAGE, field, seal(), stream(packed(200 * MEGABYTE), b"/Filter /FlateDecode"))


def object_stream_bomb() -> bytes:
    """An object stream that unpacks to 200 MB, where the root is said to be."""
    bomb = stream(packed(200 * MEGABYTE), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    entry = b"\x01\x00\x09\x00" + b"\x02\x00\x03\x00"
    start = 9 + len(b"3 0 obj\n") + len(bomb) + len(b"\nendobj\n")
    table = stream(entry * 2, b"/Type /XRef /Size 5 /W [1 2 1] /Index [3 1 1 1] /Root 1 0 R")
    return b"%%PDF-1.7\n3 0 obj\n%s\nendobj\n4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (bomb, table, start)


def table_stream(entries: bytes, data: bytes) -> bytes:
    """A table of objects in a stream of its own."""
    table = stream(data, b"/Type /XRef /Root 1 0 R " + entries)
    return b"%%PDF-1.7\n1 0 obj\n%s\nendobj\nstartxref\n9\n%%%%EOF\n" % table


def loop_of_tables() -> bytes:
    """Each table names the other as the one before it."""
    whole = written(ROOT, PAGES, PAGE, trailer=b"/Prev 0000000000")
    first = whole.rindex(b"xref\n0 ")
    second = len(whole)
    more = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\n" % first
    return whole.replace(b"/Prev 0000000000", b"/Prev %010d" % second) + more + b"startxref\n%d\n%%%%EOF\n" % second


def itself_before() -> bytes:
    whole = written(ROOT, PAGES, PAGE, trailer=b"/Prev 0000000000")
    return whole.replace(b"/Prev 0000000000", b"/Prev %010d" % whole.rindex(b"xref\n0 "))


def many_parts(count: int) -> bytes:
    """Saved again and again, each time with a table of its own."""
    whole = written(ROOT, PAGES, PAGE)
    before = whole.rindex(b"xref\n0 ")
    out = io.BytesIO()
    out.write(whole)
    for _ in range(count):
        start = out.tell()
        out.write(b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\n" % before)
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        before = start
    return out.getvalue()


def claims(count: int) -> bytes:
    address = (
        b"/Location (https://attesta.example/verify/AAAA-BBBB-CCCC-DDDD-EEEE?v=%08d-0000-4000-8000-000000000000)\n"
    )
    return b"%PDF-1.7\n" + b"".join(address % number for number in range(count)) + b"%%EOF\n"


def noise(size: int, seed: int) -> bytes:
    return b"%PDF-1.7\n" + random.Random(seed).randbytes(size) + b"\n%%EOF\n"


def cut(pdf: bytes, seed: int, count: int) -> Iterable[bytes]:
    """Pieces of it, ending anywhere."""
    chance = random.Random(seed)
    return [pdf[: chance.randrange(len(pdf))] for _ in range(count)]


CORPUS: dict[str, Callable[[], bytes]] = {
    **{f"polyglot, {name}": make for name, make in files.POLYGLOTS.items()},
    **{
        f"refused elsewhere, {name}": make for name, make in files.REFUSED.items() if name not in {"empty", "too-large"}
    },
    "picture of 1.2 GB": files.image_bomb,
    "saved in parts, cut": files.saved_in_parts_and_truncated,
    "lies about its pages": lambda: files.lying_about_its_pages(2_000_000_000),
    "no pages": files.without_pages,
    "one byte": lambda: b"%",
    "header alone": lambda: b"%PDF-1.7",
    "zeros": lambda: b"%PDF-1.7\n" + bytes(24 * MEGABYTE),
    "noise": lambda: noise(2 * MEGABYTE, 1),
    "brackets, deep": lambda: written(ROOT[:-2] + b"/X " + b"[" * 200_000 + b"]" * 200_000 + b" >>", PAGES, PAGE),
    "dictionaries, deep": lambda: written(ROOT[:-2] + b"/X" + b"<</X" * 100_000 + b">>" * 100_001, PAGES, PAGE),
    "parentheses, deep": lambda: written(ROOT[:-2] + b"/X " + b"(" * 500_000 + b")" * 500_000 + b" >>", PAGES, PAGE),
    "unclosed": lambda: written(ROOT[:-2] + b"/X " + b"[" * 3_000_000, PAGES, PAGE),
    "one number of a million digits": lambda: written(ROOT[:-2] + b"/X " + b"9" * 1_000_000 + b" >>", PAGES, PAGE),
    "one name of a million letters": lambda: written(ROOT[:-2] + b"/" + b"N" * 1_000_000 + b" 1 >>", PAGES, PAGE),
    "pages in a circle": lambda: written(ROOT, b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"),
    "reference to itself": lambda: written(b"1 0 R"),
    "length of itself": lambda: written(ROOT, PAGES, PAGE, b"<< /Length 4 0 R >>\nstream\nx\nendstream"),
    "tables in a circle": loop_of_tables,
    "table before itself": itself_before,
    "two thousand parts": lambda: many_parts(2000),
    "startxref far away": lambda: make_pdf().replace(b"startxref\n", b"startxref\n9" + b"9" * 30),
    "a billion objects": lambda: b"%PDF-1.7\nxref\n0 1000000000\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n",
    "table stream of wide numbers": lambda: table_stream(b"/Size 9 /W [1 999999999 1]", bytes(100)),
    "table stream that unpacks to 500 MB": lambda: table_stream(
        b"/Size 100000000 /W [1 2 1] /Filter /FlateDecode", packed(500 * MEGABYTE)
    ),
    "table stream packed three times": lambda: table_stream(
        b"/Size 9 /W [1 2 1] /Filter [/FlateDecode /FlateDecode /FlateDecode]", packed(500 * MEGABYTE, 3)
    ),
    "object stream that unpacks to 200 MB": object_stream_bomb,
    "evidence that unpacks to 200 MB": lambda: evidence(1),
    "the same evidence ten thousand times": lambda: evidence(10_000),
    "fields in a circle": lambda: written(form(b"[4 0 R]"), PAGES, PAGE, b"<< /T (S) /Kids [4 0 R] >>"),
    "ten thousand seals": lambda: many_fields(10_000),
    "seal of nothing": lambda: sealed_with(seal()),
    "seal of itself": lambda: sealed_with(b"5 0 R"),
    "seal far outside": lambda: sealed_with(seal(byte_range=b"[0 99999999999 999999999999 1]")),
    "seal backwards": lambda: sealed_with(seal(byte_range=b"[-5 -5 -5 -5]")),
    "seal of ten megabytes": lambda: sealed_with(seal(contents=b"<" + b"30" * 5 * MEGABYTE + b">")),
    "seal of endless lengths": lambda: sealed_with(seal(contents=b"<30" + b"84ffffffff" * 1000 + b">")),
    "seal, deep": lambda: sealed_with(seal(contents=b"<" + b"3080" * 100_000 + b">")),
    "claims by the thousand": lambda: claims(20_000),
    "ends by the thousand": lambda: b"%PDF-1.7\n" + b"%%EOF\n" * 500_000,
    "ten thousand pages": lambda: files.blank_pages(10_000),
    "entities": lambda: written(
        ROOT[:-2] + b"/Metadata 4 0 R >>",
        PAGES,
        PAGE,
        stream(b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/">]><a>&b;</a>', b"/Type /Metadata /Subtype /XML"),
    ),
}


@cache
def hostile(name: str) -> bytes:
    return CORPUS[name]()
