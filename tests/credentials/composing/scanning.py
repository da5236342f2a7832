"""Reads the picture to scan off a composed sheet, as a camera would: from its pixels."""

from __future__ import annotations

import pypdfium2
import segno

from attesta.credentials.composing import drawings

type Matrix = list[list[int]]


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
