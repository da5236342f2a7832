"""Streams whose last byte is a carriage return: with the line end behind it, PDF/A checkers count one byte too few.

They are written in ASCII: the same content, another last byte.
"""

from __future__ import annotations

from base64 import a85encode

from pikepdf import Array, Name, Object, Pdf, Stream

UNLUCKY = b"\r\nendstream"


def armour(document: Pdf) -> None:
    """Every such stream of the document."""
    for thing in document.objects:
        if isinstance(thing, Stream) and (raw := thing.read_raw_bytes()).endswith(b"\r"):
            _rewrite(thing, raw)


def plain(content: bytes) -> tuple[bytes, bytes]:
    """The dictionary's entry for the filter, if there is one, and the bytes to write."""
    return (b"/Filter /ASCII85Decode", _ascii(content)) if content.endswith(b"\r") else (b"", content)


def _rewrite(stream: Stream, raw: bytes) -> None:
    filters = _listed(stream.get(Name.Filter))
    parameters: list[Object | None] = [*_listed(stream.get(Name.DecodeParms))] or [None] * len(filters)
    stream.write(
        _ascii(raw),
        filter=Array([Name.ASCII85Decode, *filters]),
        decode_parms=Array([None, *parameters]) if any(parameters) else None,
    )


def _ascii(raw: bytes) -> bytes:
    return a85encode(raw) + b"~>"


def _listed(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
