"""Bounds on what a hostile PDF can make its reader do.

pyHanko bounds what streams decode to. It does not bound how many cross-references a file may claim, nor how often
its objects are walked through: a few objects that lead to each other twice make a million million ways.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import batched
from typing import Any

from pyhanko.pdf_utils import generic, xref
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DecodePurpose, DocumentDecodeBudget, MiB, StreamDecodeLimits
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

MOST_REFERENCES = 250_000
MOST_STEPS = 400_000
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MiB),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MiB, max_ratio=10),
)


@dataclass(frozen=True, slots=True)
class Pack:
    """An object stream; of each object in it its turn and its place."""

    data: BytesIO
    places: dict[int, tuple[int, int]]


class Exhausted(PdfReadError):
    """The file asks for more work than any real document."""


class Reader(PdfFileReader):
    """Counts the parts of every object that is looked at; after ``MOST_STEPS`` raises Exhausted, then and always."""

    def __init__(self, pdf: bytes, *, strict: bool) -> None:
        self.steps = 0
        self.sizes: dict[int, int] = {}
        self.packs: dict[int, Pack] = {}
        with _counted():
            super().__init__(BytesIO(pdf), strict=strict, decode_limits=LIMITS)
            # A table names an object twice: some readers take the first, some the last.
            self.is_ambiguous = _left.doubled

    @property
    def is_exhausted(self) -> bool:
        return self.steps > MOST_STEPS

    def get_object(self, ref: generic.Reference, *args: Any, **kwargs: Any) -> Any:
        found = PdfFileReader.get_object(self, ref, *args, **kwargs)
        self.walked(found)
        return found

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        cache = self._historical_resolver_cache
        if revision not in cache:
            cache[revision] = Revision(self, revision)
        return cache[revision]

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """As pyHanko does, which reads the list of what is in a stream anew for every object of it."""
        if stmnum not in self.packs:
            self.packs[stmnum] = _pack(generic.Reference(stmnum, 0, self).get_object())
        order, place = self.packs[stmnum].places.get(idnum, (-1, 0))
        if order != idx:
            return PdfFileReader._get_object_from_stream(self, idnum, stmnum, idx)
        data = self.packs[stmnum].data
        data.seek(place)
        found = generic.read_object(data, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfReadError("an object that cannot be in a stream")
        return found

    def walked(self, found: Any) -> None:
        key = id(found)  # objects that were read stay in the reader's memory
        if key not in self.sizes:
            self.sizes[key] = _size(found)
        self.steps += self.sizes[key]
        if self.is_exhausted:
            raise Exhausted("too many steps")


class Revision(HistoricalResolver):
    """The document as it was, with its reader's count."""

    reader: Reader

    def get_object(self, ref: generic.Reference, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(ref, *args, **kwargs)
        self.reader.walked(found)
        return found


class _Left(threading.local):
    """How many cross-references may still come; None outside of our own reader, whose business it is."""

    references: int | None = None
    doubled: bool = False


_left = _Left()


@contextmanager
def _counted() -> Iterator[None]:
    _left.references, _left.doubled = MOST_REFERENCES, False
    try:
        yield
    finally:
        _left.references = None


def _pack(stream: Any) -> Pack:
    if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
        raise PdfReadError("no object stream")
    data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
    numbers = [int(number) for number in data[:first].split()[: 2 * int(stream["/N"])]]
    places: dict[int, tuple[int, int]] = {}
    for order, (number, offset) in enumerate(batched(numbers, 2)):
        places.setdefault(number, (order, first + offset))
    return Pack(BytesIO(data), places)


def _size(value: Any) -> int:
    """How many parts stand in an object, references apart."""
    count, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        count += 1
        if isinstance(part, generic.ArrayObject):
            waiting.extend(part)
        elif isinstance(part, generic.DictionaryObject):
            waiting.extend(part.values())
    return count


def _bounded(parse: Callable[..., Iterator[xref.XRefEntry]]) -> Callable[..., Iterator[xref.XRefEntry]]:
    def entries(*args: Any, **kwargs: Any) -> Iterator[xref.XRefEntry]:
        seen: set[int] = set()
        for entry in parse(*args, **kwargs):
            if _left.references is not None:
                _left.references -= 1
                if _left.references < 0:
                    raise Exhausted("too many cross-references")
                _left.doubled |= entry.idnum in seen
                seen.add(entry.idnum)
            yield entry

    return entries


xref.parse_xref_stream = _bounded(xref.parse_xref_stream)
xref.parse_xref_table = _bounded(xref.parse_xref_table)
