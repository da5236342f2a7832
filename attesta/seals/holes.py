"""Where the signature goes in a PDF that is otherwise done."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNSET = 9_999_999_999  # in the placeholder of the byte range: as wide as it gets
PLACEHOLDER = b"[ 0 %d %d %d ]" % (UNSET, UNSET, UNSET)
HOLES = re.compile(rb"/ByteRange (%b) /Contents <" % re.escape(PLACEHOLDER))
MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Prepared:
    """``contents``: from "<" to behind ">", the signature's place; ``byte_range``: from "[" to behind "]"."""

    pdf: bytes
    contents: tuple[int, int]
    byte_range: tuple[int, int]

    @classmethod
    def parse(cls, pdf: bytes, contents: tuple[int, int], byte_range: tuple[int, int]) -> Prepared:
        """From another process. Raises ValueError when these are not the places of holes."""
        ordered = 0 < byte_range[0] < byte_range[1] < contents[0] < contents[1] < len(pdf)
        hole = b"<%b>" % (b"0" * (contents[1] - contents[0] - 2))
        if not ordered or pdf[slice(*contents)] != hole or pdf[slice(*byte_range)] != PLACEHOLDER:
            raise ValueError("These are not the holes of a prepared PDF.")
        return cls(pdf, contents, byte_range)


def find(pdf: bytes, mark: bytes, hole: int) -> Prepared:
    """``mark`` stands at the beginning of the hole and is random: nothing in the document can have forged the place."""
    written = mark.hex().encode()
    start = pdf.index(b"<" + written)
    found = HOLES.search(pdf, max(0, start - len(HOLES.pattern)), start + 1)
    assert found
    assert found.end() == start + 1
    empty = pdf[: start + 1] + b"0" * len(written) + pdf[start + 1 + len(written) :]
    return Prepared.parse(empty, (start, start + 2 + 2 * hole), found.span(1))
