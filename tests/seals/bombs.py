"""PDFs made to exhaust their reader, or broken in their middle."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from tests.harness.packing import repeated
from tests.harness.pdfs import make_pdf

ENDED = "ended at its limits"  # the process, that is
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"


def plain(*more: bytes, catalog: bytes = b"", pages: bytes = PAGES, page: bytes = PAGE, trailer: bytes = b"") -> bytes:
    """Objects 1 to 3 are the catalog, the pages and the page; ``more`` follow from 4."""
    bodies = (b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog, pages, page, *more)
    parts, places, place = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(bodies, 1):
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        places.append(place)
        place += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % found for found in places)
    size = len(bodies) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, place)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table, end])


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = content if b"/Filter" in entries else zlib.compress(content, 9)
    filters = b"" if b"/Filter" in entries else b"/Filter /FlateDecode"
    return b"<< %b %b /Length %d >>\nstream\n%b\nendstream" % (entries, filters, len(packed), packed)


def with_table(head: bytes, rows: list[tuple[int, int, int]], *, size: int) -> bytes:
    """``head``'s objects listed by a cross-reference stream, which says that it has ``size`` rows."""
    table = b"".join(kind.to_bytes(1) + place.to_bytes(4) + index.to_bytes(4) for kind, place, index in rows)
    entries = b"/Type /XRef /Size %d /W [1 4 4] /Root 1 0 R" % size
    body = stream(table + bytes(9 * (size - len(rows))), entries)
    return head + b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows), body, len(head))


def places(head: bytes) -> list[tuple[int, int, int]]:
    """Rows for a free object and the first three."""
    return [(0, 0, 65535), *((1, head.index(b"%d 0 obj" % number), 0) for number in (1, 2, 3))]


def packed_array() -> bytes:
    """300 MB of zeros, as one array in a packed stream that the catalog reaches."""
    head = plain(catalog=b"/X 4 0 R").split(b"xref\n")[0]
    content = repeated(b"0 " * 500_000, 300, start=b"4 0 [", end=b"]")
    packed = b"5 0 obj\n%b\nendobj\n" % stream(content, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    return with_table(head + packed, [*places(head), (2, 5, 0), (1, len(head), 0)], size=7)


def packed_page() -> bytes:
    """A drawing of 2 GB in 2 MB, packed twice."""
    once = zlib.compress(bytes(1_000_000), 9)
    twice = zlib.compress(once * 2000, 9)
    body = stream(twice, b"/Filter [/FlateDecode /FlateDecode]")
    return plain(body, page=PAGE.replace(b">>", b"/Contents 4 0 R >>"))


def packed_table() -> bytes:
    """A cross-reference stream with 30 million rows."""
    head = plain().split(b"xref\n")[0]
    return with_table(head, places(head), size=30_000_000)


def many_objects() -> bytes:
    """450,000 dictionaries that the catalog reaches, 24 MB."""
    count = 450_000
    listed = b"[%b]" % b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    return plain(listed, *[b"<<>>"] * count, catalog=b"/X 4 0 R")


def wide_array() -> bytes:
    return plain(b"[" + b"0 " * 12_000_000 + b"]", catalog=b"/X 4 0 R")


def wide_dictionary() -> bytes:
    return plain(b"<<" + b"".join(b"/k%d[]" % number for number in range(1_500_000)) + b">>", catalog=b"/X 4 0 R")


def deep_arrays() -> bytes:
    return plain(b"[" * 2_000_000 + b"]" * 2_000_000, catalog=b"/X 4 0 R")


def deep_pages() -> bytes:
    """A page tree of 50,000 floors."""
    floors = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent 2 0 R >>" % number for number in range(5, 50_005)]
    return plain(*floors, PAGE, pages=PAGES.replace(b"3 0 R", b"4 0 R"))


def long_chain() -> bytes:
    """100,000 actions, one after the other, the last a script."""
    chain = [b"<< /S /GoTo /D (x) /Next %d 0 R >>" % number for number in range(5, 100_005)]
    return plain(*chain, b"<< /S /JavaScript /JS (x) >>", catalog=b"/OpenAction 4 0 R")


def circles() -> bytes:
    """Pages, names, fields and actions that contain themselves."""
    names = b"<< /JavaScript 4 0 R /EmbeddedFiles 4 0 R /Dests 4 0 R /Kids [4 0 R] >>"
    action = b"<< /S /GoTo /D (x) /Next [5 0 R 5 0 R] >>"
    field = b"<< /T (x) /Kids [6 0 R 6 0 R] /Parent 6 0 R /AA << /K 5 0 R >> >>"
    catalog = b"/Names 4 0 R /OpenAction 5 0 R /AcroForm << /Fields [6 0 R] /Self 1 0 R >>"
    return plain(names, action, field, catalog=catalog, pages=PAGES.replace(b"[3 0 R]", b"[3 0 R 2 0 R]"))


def large_numbers() -> bytes:
    far = plain(b"[99999999999999999999 0 R 2147483647 65535 R -1 0 R 1e999]", catalog=b"/X 4 0 R")
    return far.replace(b"/Size 5", b"/Size 99999999999999999999")


def long_name() -> bytes:
    return plain(b"<< /" + b"A" * 20_000_000 + b" 1 >>", catalog=b"/X 4 0 R")


BOMBS: list[tuple[Callable[[], bytes], set[str]]] = [
    (packed_array, {"refused damaged", ENDED}),
    (packed_page, {"cleaned"}),
    (packed_table, {"refused damaged", ENDED}),
    (many_objects, {"refused damaged", ENDED}),
    (wide_array, {"refused damaged", ENDED}),
    (wide_dictionary, {"refused damaged", "refused unreadable", ENDED}),
    (deep_arrays, {"refused damaged"}),
    (deep_pages, {"refused damaged"}),
    (long_chain, {"cleaned javascript"}),
    (circles, {"refused damaged"}),
    (large_numbers, {"refused damaged"}),
    (long_name, {"cleaned"}),
]

BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "damaged"),
    "text": (b"Bonjour", "damaged"),
    "head only": (b"%PDF-1.7\n%%EOF\n", "damaged"),
    "no root": (plain().replace(b"/Root 1 0 R", b""), "damaged"),
    "root is a number": (plain().replace(b"/Root 1 0 R", b"/Root 12345"), "damaged"),
    "root is the page": (plain().replace(b"/Root 1 0 R", b"/Root 3 0 R"), "damaged"),
    "root is missing": (plain().replace(b"/Root 1 0 R", b"/Root 77 0 R"), "damaged"),
    "no pages": (plain(pages=b"null"), "damaged"),
    "pages are text": (plain(pages=b"(pages)"), "damaged"),
    "names are a number": (plain(catalog=b"/Names 5"), "cleaned"),
    "form is an array": (plain(catalog=b"/AcroForm [1 2 3]"), "cleaned"),
    "permissions are text": (plain(catalog=b"/Perms (all)"), "damaged"),
    "opening is a number": (plain(catalog=b"/OpenAction 7"), "cleaned"),
    "an action of arrays": (plain(catalog=b"/OpenAction << /S [1] /JS 5 >>"), "cleaned"),
    "an address of numbers": (plain(catalog=b"/OpenAction << /S /URI /URI 5 >> /URI << /Base [1] >>"), "cleaned"),
    "annotations of everything": (
        plain(page=PAGE.replace(b">>", b"/Annots [5 null (x) [] << >> << /Subtype 5 >>] >>")),
        "cleaned",
    ),
    "triggers of everything": (
        plain(page=PAGE.replace(b">>", b"/AA [5] /A [5 null] /Next 5 /PA (x) /AF 5 /EF 5 >>")),
        "cleaned",
    ),
    "a string that never ends": (plain(b"(((((", catalog=b"/X 4 0 R"), "damaged"),
    "a dictionary that never ends": (plain(b"<< /A << /B [", catalog=b"/X 4 0 R"), "damaged"),
    "a stream without end": (plain(b"<< /Length 999999999 >>\nstream\nabc", catalog=b"/X 4 0 R"), "cleaned"),
    "a stream of its own length": (
        plain(b"<< /Length 4 0 R >>\nstream\nabc\nendstream", catalog=b"/X 4 0 R"),
        "damaged",
    ),
    "a key twice": (
        plain(b"<< /S /GoTo /S /JavaScript /JS (x) >>", catalog=b"/OpenAction 4 0 R"),
        "cleaned javascript",
    ),
    "a name in disguise": (
        plain(b"<< /#53 /Java#53cript /J#53 (x) >>", catalog=b"/Open#41ction 4 0 R"),
        "cleaned javascript",
    ),
    "zeros": (bytes(10_000), "damaged"),
}


def cut(parts: int = 20) -> Iterator[bytes]:
    """A good file that ends too early, in many places."""
    whole = make_pdf(pages=3)
    yield from (whole[: len(whole) * part // parts] for part in range(parts))


def flipped(count: int = 80) -> Iterator[bytes]:
    """A good file with one other byte, in many places."""
    whole = make_pdf(pages=2)
    for number in range(count):
        place = number * len(whole) // count
        yield whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :]
