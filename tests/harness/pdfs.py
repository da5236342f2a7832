"""Small real PDFs: true pages with true text in a standard font."""

from __future__ import annotations

from io import BytesIO
from typing import Protocol

import pikepdf

LETTER = (612, 792)


class PdfMaker(Protocol):
    def __call__(self, *, pages: int = 1, text: str = "Diplôme d'études") -> bytes: ...


def make_pdf(*, pages: int = 1, text: str = "Diplôme d'études") -> bytes:
    """A PDF whose every page reads ``text`` and its number. Other text, other bytes; the same text, the same bytes."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=LETTER)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(_lines(text, number))
    out = BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def _lines(text: str, number: int) -> bytes:
    """The page's drawing: the text at the top, the page number under it."""
    escaped = text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 18 Tf 72 700 Td (%s) Tj 0 -30 Td (Page %d) Tj ET" % (escaped, number)
