"""DER, written by hand: the few shapes that seals are made of. Reading is left to asn1crypto."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

BOOLEAN_TRUE = b"\x01\x01\xff"
NULL = b"\x05\x00"
INTEGER, OCTETS, OID, TIME, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31


def tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, length, and the parts one after the other."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(size))) + size + content


def sequence(*parts: bytes) -> bytes:
    return tlv(SEQUENCE, *parts)


def set_of(*parts: bytes, tag: int = SET) -> bytes:
    """In the order DER asks for."""
    return tlv(tag, *sorted(parts))


def octets(value: bytes) -> bytes:
    return tlv(OCTETS, value)


def integer(value: int) -> bytes:
    """Of a number that is not negative."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def time(at: datetime) -> bytes:
    """GeneralizedTime in UTC, whole seconds."""
    return tlv(TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())


@cache
def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    return tlv(OID, *(_base128(arc) for arc in (40 * first + second, *rest)))


def _base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(0x80 | arc & 0x7F)
    return bytes(reversed(digits))
