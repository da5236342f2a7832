"""The typefaces of every sheet, and one compiler a thread that knows them. Never fork once it has run: spawn."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SHEETS = Path(__file__).parent / "sheets"
STANDARDS = ("a-3a", "ua-1")
# What typst does not bring: Canadian syllabics, Arabic, Hebrew… are in Debian's fonts-dejavu-core.
FOLDERS = (Path("/usr/share/fonts/truetype/dejavu"),)
FAMILIES = ("Libertinus Serif", "New Computer Modern", "DejaVu Serif", "DejaVu Sans")

_here = threading.local()
_began: list[int] = []  # the process in which a compiler first ran


class Uncomposable(ValueError):
    """The compiler cannot make this sheet; in its own words."""


def compiled(sheet: str, inputs: Mapping[str, str], *, format: str = "pdf", **options: Any) -> bytes:
    """``sheet`` of ``SHEETS`` with its ``inputs``, as PDF (by the standards of all our documents) or as SVG.

    Raises Uncomposable.
    """
    from typst import TypstError  # noqa: PLC0415 - see ADR 30

    standards = {"pdf_standards": list(STANDARDS)} if format == "pdf" else {}
    try:
        made = compiler().compile(
            input=str(SHEETS / sheet), format=format, sys_inputs=dict(inputs), **standards, **options
        )
    except TypstError as problem:
        raise Uncomposable(str(problem)) from problem
    return bytes(made)


def compiler(root: Path = SHEETS) -> Any:
    """This thread's, for sheets below ``root``: one serves one at a time; the fonts are read once for all."""
    if not _began:
        _began.append(os.getpid())
    if _began[0] != os.getpid():
        raise RuntimeError("A forked process cannot compose: its parent already did. Start it by spawn.")
    ready: dict[Path, Any] = _here.__dict__.setdefault("compilers", {})
    if root not in ready:
        import typst  # noqa: PLC0415 - see ADR 30

        ready[root] = typst.Compiler(root=str(root), font_paths=_fonts(), ignore_system_fonts=True)
    return ready[root]


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415 - see ADR 30

    folders = [str(folder) for folder in FOLDERS if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
