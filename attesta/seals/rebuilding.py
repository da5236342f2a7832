"""A plain PDF, as our composer writes it, written anew in one revision without taking apart what stays.

Plain: one cross-reference table, every object where it says, nothing packed. This takes a fifth of the time of a
library that parses each object; what is small is packed into object streams as such a library would do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import batched

from pikepdf import Dictionary, Name, Pdf

from attesta.seals import streams, tables
from attesta.seals.drafts import Draft
from attesta.seals.revisions import START, TAIL_BYTES, trailer

HEADER = re.compile(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n")
WRITTEN_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
TABLE = re.compile(rb"xref\s+0 (\d+)\s+0000000000 65535 f\s{1,2}((?:\d{10} 00000 n\s{2})+)trailer\b")
ENTRY_BYTES = 20
PACK = 100  # objects to a stream: for one of them readers unpack it all
STREAM_END = b"endstream"

type Bodies = dict[int, bytes]  # by number: what stands between "obj" and "endobj"


def plain_bodies(pdf: bytes, document: Pdf) -> Bodies | None:
    """From number 1 on without a gap. None when the PDF is not plain."""
    start = START.search(pdf, max(0, len(pdf) - TAIL_BYTES))
    table = start and TABLE.match(pdf, int(start[1]))
    if not start or not table or not HEADER.match(pdf) or streams.UNLUCKY in pdf or Name.Prev in document.trailer:
        return None
    rows = table[2]
    places = [int(rows[row : row + 10]) for row in range(0, len(rows), ENTRY_BYTES)]
    bodies = dict(_cut(pdf, places, int(start[1])))
    return bodies if len(bodies) == len(places) == int(table[1]) - 1 and _is_sound(document, len(places)) else None


def _is_sound(document: Pdf, last: int) -> bool:
    """The library repaired nothing, which it would do with objects of its own."""
    branched = Name.Kids in document.Root.get(Name.StructTreeRoot, Dictionary()).get(Name.ParentTree, Dictionary())
    return not branched and all(0 < page.obj.objgen[0] <= last for page in document.pages)


def _cut(pdf: bytes, places: list[int], end: int) -> Iterator[tuple[int, bytes]]:
    """Each object's number and body, of those that stand where the table says."""
    order = sorted(range(len(places)), key=places.__getitem__)
    ends = [*(places[index] for index in order[1:]), end]
    for index, until in zip(order, ends, strict=True):
        head, piece = b"%d 0 obj" % (index + 1), pdf[places[index] : until].rstrip()
        if piece.startswith(head) and piece.endswith(b"endobj"):
            yield index + 1, piece[len(head) : -len(b"endobj")].strip()


def rebuilt(plain: Bodies, draft: Draft, *, apart: Collection[int]) -> bytes:
    """``apart``: numbers of objects that must not be packed."""
    bodies = plain | draft.bodies()
    written, places = bytearray(WRITTEN_HEADER), {0: tables.FREE}
    small = [number for number in sorted(bodies) if number not in apart and not bodies[number].endswith(STREAM_END)]
    for holder, numbers in enumerate(batched(small, PACK), max(bodies) + 1):
        places |= {number: tables.inside(holder, index) for index, number in enumerate(numbers)}
        bodies[holder] = _packed([(number, bodies.pop(number)) for number in numbers])
    for number, body in bodies.items():
        places[number] = tables.at(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    written += tables.end(len(written), max(places) + 1, places, trailer(draft.document))
    return bytes(written)


def _packed(objects: list[tuple[int, bytes]]) -> bytes:
    """An object stream (ISO 32000-2, 7.5.7)."""
    heads, place = [], 0
    for number, body in objects:
        heads.append(b"%d %d" % (number, place))
        place += len(body) + 1
    head = b" ".join(heads) + b"\n"
    content = head + b"\n".join(body for _, body in objects)
    return streams.deflated(content, b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head)))
