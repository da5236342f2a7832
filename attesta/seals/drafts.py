"""An opened PDF with an account of what is new in it and what was changed, so that only that need be written."""

from __future__ import annotations

from pikepdf import Dictionary, Object, Pdf, Stream

from attesta.seals import streams


class Draft:
    """``free``: the first number that no object has, when it is certain; then the library need not look for it.

    Looking takes it through every object: two thirds of a seal's time on a long transcript.
    """

    def __init__(self, document: Pdf, *, free: int | None = None) -> None:
        self.document = document
        self._free = free
        self._new: dict[int, Object] = {}
        self._changed: dict[int, Object] = {}
        self._bodies: dict[int, bytes] = {}

    def add(self, thing: Dictionary) -> Object:
        made = self._numbered(thing)
        self._new[made.objgen[0]] = made
        return made

    def add_stream(self, content: bytes) -> Object:
        if self._free is not None:
            return self.add_bytes(streams.body(content))
        made = self.document.make_stream(content)
        self._new[made.objgen[0]] = made
        return made

    def add_bytes(self, body: bytes) -> Object:
        """An object as it will be written."""
        made = self.add(Dictionary())
        self._bodies[made.objgen[0]] = body
        return made

    def change(self, thing: Object, *holders: Object) -> None:
        """``holders``: what it is part of, from inside out, when it may stand directly in there."""
        held = next((found for found in (thing, *holders) if found.is_indirect), self.document.Root)
        if held.objgen[0] not in self._new:
            self._changed[held.objgen[0]] = held

    def bodies(self) -> dict[int, bytes]:
        """By number, what stands between ``obj`` and ``endobj``."""
        things = self._changed | self._new
        return {number: self._bodies.get(number) or _body(thing) for number, thing in things.items()}

    def _numbered(self, thing: Dictionary) -> Object:
        if self._free is None:
            return self.document.make_indirect(thing)
        number = self._free
        self._free += 1
        self.document._replace_object((number, 0), thing)
        return self.document.get_object(number, 0)


def _body(thing: Object) -> bytes:
    return streams.body(thing.read_raw_bytes()) if isinstance(thing, Stream) else thing.unparse(resolved=True)
