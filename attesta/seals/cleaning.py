"""An uploaded PDF without active content: what it shows stays, what it would do goes, and is told.

Parses the PDF: run this in a confined process.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pikepdf import ObjectStreamMode, PasswordError, Pdf, PdfError, StreamDecodeLevel

from attesta.seals.activity import CODES
from attesta.seals.sweeping import Sweep, Unsealable

DAMAGE = (PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, NotImplementedError, RuntimeError)
LOSSES = (
    *("error reading object", "error decoding", "treating ", "limits error", "EOF while reading", "loop detected"),
    *("too many errors", "Attempting to reconstruct"),
)

__all__ = ["Cleaned", "Unsealable", "clean"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``told``: codes of what was taken out (see ``activity.CODES``), empty when there was nothing."""

    pdf: bytes
    told: tuple[str, ...]


def clean(pdf: bytes) -> Cleaned:
    """Raises Unsealable for what cannot be cleaned. Objects that nothing refers to go, too."""
    try:
        with Pdf.open(BytesIO(pdf), suppress_warnings=True) as document:
            return _cleaned(document)
    except PasswordError:
        raise Unsealable("encrypted") from None
    except Unsealable:
        raise
    except DAMAGE:
        raise Unsealable("damaged") from None


def _cleaned(document: Pdf) -> Cleaned:
    _refuse(document)
    sweep = Sweep(document)
    sweep.root()
    sweep.everything()
    written = _written(document)
    if is_incomplete(document):
        raise Unsealable("damaged")
    return Cleaned(written, tuple(code for code in CODES if code in sweep.told))


def is_incomplete(document: Pdf) -> bool:
    """qpdf goes on without what it cannot read, and without what does not fit into memory; it only warns."""
    told = [str(warning) for warning in document.get_warnings()]
    return any(loss in warning for warning in told for loss in LOSSES)


def _refuse(document: Pdf) -> None:
    root = document.Root
    needs_rendering: Any = root.get("/NeedsRendering")
    if document.is_encrypted:
        raise Unsealable("encrypted")
    if "/DocMDP" in root.get("/Perms", {}):
        raise Unsealable("already-signed")
    if "/Collection" in root:  # its pages are but a cover for the files it carries
        raise Unsealable("portfolio")
    if needs_rendering is True:  # its pages are made by a form's program
        raise Unsealable("dynamic-form")


def _written(document: Pdf) -> bytes:
    out = BytesIO()
    document.save(
        out,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.preserve,
    )
    return out.getvalue()
