"""Cross-reference streams (ISO 32000-2, 7.5.8): where each object of a PDF stands."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from pikepdf import Array, Dictionary, Name

from attesta.seals import streams

ENTRY = struct.Struct(">BIH")
WIDTHS = [1, 4, 2]
FREE = (0, 0, 65_535)  # the entry of number 0

type Places = dict[int, tuple[int, int, int]]


def at(place: int) -> tuple[int, int, int]:
    """So many bytes from the file's beginning."""
    return 1, place, 0


def inside(holder: int, index: int) -> tuple[int, int, int]:
    """The index-th of the object stream that has the number ``holder``."""
    return 2, holder, index


def end(place: int, number: int, places: Places, entries: Mapping[str, object]) -> bytes:
    """The table itself, ``place`` bytes from the beginning, and the file's end. ``entries``: Root, ID and the like."""
    places[number] = at(place)
    trailer = Dictionary(
        Type=Name.XRef, Size=max(places) + 1, W=Array(WIDTHS), Index=Array(list(_runs(sorted(places))))
    )
    for name, value in entries.items():
        trailer[name] = value
    content = b"".join(ENTRY.pack(*places[each]) for each in sorted(places))
    table = streams.body(content, trailer.unparse()[2:-2])
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, table, place)


def _runs(numbers: list[int]) -> Iterator[int]:
    """Beginning and length of each unbroken row."""
    start = previous = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != previous + 1:
            yield from (start, previous + 1 - start)
            start = number
        previous = number
