"""CSV as spreadsheets read it (RFC 4180, UTF-8 with a byte order mark). No cell is ever a formula (trust check 30)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
HIDDEN = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet that separates by semicolons, as in French, takes our cells apart once more."""


def row(cells: Sequence[str]) -> str:
    """One line, with its end."""
    out = StringIO()
    csv.writer(out).writerow([neutral(cell) for cell in cells])
    return out.getvalue()


def neutral(cell: str) -> str:
    """A leading apostrophe keeps a spreadsheet from obeying what someone typed."""
    cell = HIDDEN.sub(r"\1'", cell)
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA) else cell
