"""Reads the picture to scan off a composed sheet, as a camera would: from its pixels."""

from __future__ import annotations

from itertools import combinations

import pypdfium2
import segno

from attesta.credentials.composing import drawings

type Matrix = list[list[int]]

type Box = tuple[float, float, float, float]


def matrix_of(address: str) -> Matrix:
    return [list(row) for row in segno.make(address, error="m", micro=False, mask=drawings.MASK).matrix]


def drawn(pdf: bytes, matrix: Matrix) -> bool:
    """Is it the code on the first page? Nothing else there is pure black: its modules are where black is."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil().convert("L")
    left, top, right, bottom = picture.point(lambda value: 255 if value < 4 else 0).getbbox()
    step = (right - left) / len(matrix)
    if abs((bottom - top) / len(matrix) - step) >= 0.05:
        return False
    seen = [
        [
            int(picture.getpixel((left + int((x + 0.5) * step), top + int((y + 0.5) * step))) < 128)
            for x in range(len(row))
        ]
        for y, row in enumerate(matrix)
    ]
    return seen == matrix


def outside(pdf: bytes) -> str:
    """Letters that lie nearer to an edge of their page than a printer reaches (12 points)."""
    return "".join(_outside(page) for page in pypdfium2.PdfDocument(pdf))


def _outside(page: pypdfium2.PdfPage) -> str:
    read, (wide, high) = page.get_textpage(), page.get_size()
    boxes = {index: read.get_charbox(index) for index in range(read.count_chars())}
    far = [i for i, box in boxes.items() if min(box[0], box[1], wide - box[2], high - box[3]) < 12]
    return "".join(read.get_text_range(index, 1) for index in far)


def overlaps(pdf: bytes) -> list[tuple[str, str]]:
    """Texts of the first page that lie over one another by half a line, or outside its frame."""
    page = pypdfium2.PdfDocument(pdf)[0]
    read, (wide, high) = page.get_textpage(), page.get_size()
    boxes = [read.get_rect(index) for index in range(read.count_rects())]
    pairs = [(one, two) for one, two in combinations(boxes, 2) if _covers(one, two)]
    pairs += [(box, box) for box in boxes if min(box[0], box[1], wide - box[2], high - box[3]) < 30]
    return [(read.get_text_bounded(*one), read.get_text_bounded(*two)) for one, two in pairs]


def _covers(one: Box, two: Box) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across > 1 and down > 0.45 * min(one[3] - one[1], two[3] - two[1])
