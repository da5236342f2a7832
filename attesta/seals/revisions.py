"""One more revision, hung on behind a PDF (ISO 32000-2, 7.5.6): its bytes stay, changed and new objects follow."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from attesta.seals import streams

START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
TAIL_BYTES = 64
ID_BYTES = 16


class Revision:
    """``document`` is the PDF opened; what is changed in it and told here is written."""

    def __init__(self, pdf: bytes, document: Pdf) -> None:
        self.document = document
        self._pdf = pdf if pdf.endswith((b"\n", b"\r")) else pdf + b"\n"
        self._bodies: dict[int, bytes] = {}
        self._written: dict[int, Object] = {}

    def add(self, thing: Object) -> Object:
        """``thing`` is indirect already."""
        self._written[thing.objgen[0]] = thing
        return thing

    def change(self, thing: Object) -> None:
        """Of a direct object, whatever holds it: the catalog."""
        self.add(thing if thing.is_indirect else self.document.Root)

    def add_stream(self, content: bytes) -> Object:
        filtered, raw = streams.plain(content)
        body = b"<< %b /Length %d >>\nstream\n%b\nendstream" % (filtered, len(raw), raw)
        return self.add_bytes(body)

    def add_bytes(self, body: bytes) -> Object:
        """An object as it will be written."""
        made = self.document.make_indirect(Dictionary())
        self._bodies[made.objgen[0]] = body
        return made

    def written(self) -> bytes:
        table = self.document.make_indirect(Dictionary()).objgen[0]
        bodies = self._bodies | {number: thing.unparse(resolved=True) for number, thing in self._written.items()}
        pdf, places = bytearray(self._pdf), {}
        for number, body in sorted(bodies.items()):
            places[number] = len(pdf)
            pdf += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        places[table] = len(pdf)
        pdf += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, self._table(places), len(pdf))
        return bytes(pdf)

    def _table(self, places: dict[int, int]) -> bytes:
        """The cross-reference stream: where each object of this revision stands."""
        trailer = self.document.trailer
        content = b"".join(b"\1" + place.to_bytes(8) + b"\0\0" for _, place in sorted(places.items()))
        entries = Dictionary(
            Type=Name.XRef,
            Size=max(places) + 1,
            Root=trailer.Root,
            Prev=_start(self._pdf),
            W=Array([1, 8, 2]),
            Index=Array(list(_runs(sorted(places)))),
            Length=len(content),
        )
        if Name.ID in trailer:
            entries.ID = Array([trailer.ID[0], String(secrets.token_bytes(ID_BYTES))])
        if Name.Info in trailer:
            entries.Info = trailer.Info
        return b"%b\nstream\n%b\nendstream" % (entries.unparse(), content)


def _start(pdf: bytes) -> int:
    found = START.search(pdf, len(pdf) - TAIL_BYTES)
    if not found:
        raise ValueError("The PDF's end is damaged.")
    return int(found[1])


def _runs(numbers: list[int]) -> Iterator[int]:
    """Beginning and length of each unbroken row."""
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != previous + 1:
            yield from (start, previous + 1 - start)
            start = number
        previous = number
