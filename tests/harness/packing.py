"""Deflated data of any length in no time: one block is packed, and said again and again."""

from __future__ import annotations

import zlib

HEADER = b"\x78\xda"  # of zlib, at its best compression


def repeated(piece: bytes, times: int, *, start: bytes = b"", end: bytes = b"") -> bytes:
    """What ``zlib.compress(start + piece * times + end)`` means; ``piece`` is best large and uniform."""
    body = HEADER + _block(start) + _block(piece) * times + _block(end)
    total = zlib.adler32(start)
    for _ in range(times):
        total = zlib.adler32(piece, total)
    last = zlib.compressobj(9, wbits=-zlib.MAX_WBITS).flush()
    return body + last + zlib.adler32(end, total).to_bytes(4)


def _block(data: bytes) -> bytes:
    """Ends on a byte and refers to nothing before it."""
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH)
