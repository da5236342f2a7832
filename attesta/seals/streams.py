"""Streams as a PDF writes them.

One whose last byte is a carriage return is written in ASCII: with the line end behind it, PDF/A checkers count one byte
too few.
"""

from __future__ import annotations

import zlib
from base64 import a85encode

from pikepdf import Array, Name, Object, Pdf, Stream

UNLUCKY = b"\r\nendstream"
LEVEL = 1  # of compression: a higher one takes twice the time for a hundredth of the size


def body(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object as it stands in a file. ``entries``: of its dictionary, besides length and filter."""
    if not content.endswith(b"\r"):
        return _written(content, entries)
    return _written(_ascii(content), entries + b" /Filter /ASCII85Decode")


def deflated(content: bytes, entries: bytes) -> bytes:
    """The same, compressed. ``content`` may get spaces at its end."""
    while (packed := zlib.compress(content, LEVEL)).endswith(b"\r"):
        content += b" "
    return _written(packed, entries + b" /Filter /FlateDecode")


def armour(document: Pdf) -> None:
    """Rewrites every stream of the document that ends with a carriage return."""
    for thing in document.objects:
        if isinstance(thing, Stream) and (raw := thing.read_raw_bytes()).endswith(b"\r"):
            _rewrite(thing, raw)


def _rewrite(stream: Stream, raw: bytes) -> None:
    filters = _listed(stream.get(Name.Filter))
    parameters: list[Object | None] = [*_listed(stream.get(Name.DecodeParms))] or [None] * len(filters)
    stream.write(
        _ascii(raw),
        filter=Array([Name.ASCII85Decode, *filters]),
        decode_parms=Array([None, *parameters]) if any(parameters) else None,
    )


def _written(raw: bytes, entries: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(raw), raw)


def _ascii(raw: bytes) -> bytes:
    return a85encode(raw) + b"~>"


def _listed(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
