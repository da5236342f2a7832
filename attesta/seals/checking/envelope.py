"""The hole in the signed bytes: it must hold the signature, its padding, and nothing else.

A byte there is not covered by the signature, so each one has to be what it must be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import parser
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

HEX = re.compile(rb"<((?:[0-9a-f]{2})*|(?:[0-9A-F]{2})*)>")  # of one writer, so of one case
KEY = re.compile(rb"/Contents[\0\t\n\f\r ]*\Z")
KEY_BYTES = 40


@dataclass(frozen=True, slots=True)
class Envelope:
    """``end``: how far the signed bytes reach. ``reason``: why the range is not sound, else empty."""

    end: int
    reason: str = ""


def envelope(pdf: bytes, signature: EmbeddedPdfSignature) -> Envelope:
    numbers = _numbers(signature.byte_range)
    if len(numbers) != 4:
        return Envelope(0, "byte-range")
    start, first, second, rest = numbers
    end = second + rest
    if start != 0 or not 0 < first < second < end <= len(pdf):
        return Envelope(0, "byte-range")
    if not _inside_its_object(pdf, signature, first):
        return Envelope(end, "misplaced")
    return Envelope(end, _hole_reason(pdf[first:second], signature.pkcs7_content))


def covers_its_revision(signature: EmbeddedPdfSignature) -> bool:
    return bool(signature.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION)


def _numbers(byte_range: object) -> Sequence[int]:
    if not isinstance(byte_range, list) or not all(isinstance(number, int) for number in byte_range):
        return ()
    return [int(number) for number in byte_range]


def _inside_its_object(pdf: bytes, signature: EmbeddedPdfSignature, first: int) -> bool:
    """The hole stands where this very signature object has its contents, not in a copy elsewhere."""
    place = signature.reader.xrefs[signature.sig_field.raw_get("/V").reference]
    if not isinstance(place, int) or not place < first:
        return False
    return KEY.search(pdf[max(0, first - KEY_BYTES) : first]) is not None and b"endobj" not in pdf[place:first]


def _hole_reason(hole: bytes, contents: bytes) -> str:
    found = HEX.fullmatch(hole)
    if not found or bytes.fromhex(found[1].decode()) != contents:
        return "gap"
    return "" if _ends_in_zeros(contents) else "padding"


def _ends_in_zeros(contents: bytes) -> bool:
    """Two parts (RFC 5652, 3), the end of the signature where it says so itself, then nothing but zeros."""
    end = parser.peek(contents)
    parts = parser.parse(contents[:end])[4]
    second = parser.peek(parts)
    return len(parts) == second + parser.peek(parts[second:]) and not contents[end:].strip(b"\0")
