"""Opens a PDF of unknown origin and finds its seals and time-stamps. Bounded: pyHanko's limits for untrusted input."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking.bounds import Exhausted, Reader

HEADER = re.compile(rb"%PDF-[12]\.\d")
HEAD_BYTES = 1024
LONG_NAME = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]{8192}")  # 127 bytes are allowed; reading one costs memory
MOST_SEALS = 30  # each costs a hash of the file
RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}0\s{1,9}\d{1,12}\s{1,9}(\d{1,12})\s{1,9}(\d{1,12})")  # in the open
OUTDATED = {"/adbe.pkcs7.sha1", "/adbe.x509.rsa_sha1"}
STAMP = "/DocTimeStamp"
LONGEST_TEXT = 200
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # what turns, hides or breaks a line

logger = logging.getLogger(__name__)
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # the report says it; a trace a hostile file is noise
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Unreadable(ValueError):
    """``args[0]``: not-a-pdf, displaced, encrypted, damaged or too-much."""


@dataclass(frozen=True, slots=True)
class Document:
    """``broken``: filled signature fields whose contents cannot be read as a signature; ``outdated``: of a kind that
    rests on SHA-1 and that nobody makes any more.
    ``regular``: the structure follows the standard, so that every reader sees the same document."""

    pdf: bytes
    reader: Reader
    seals: tuple[EmbeddedPdfSignature, ...]
    stamps: tuple[EmbeddedPdfSignature, ...]
    broken: int
    outdated: int
    regular: bool
    behind: bool = False  # more bytes follow, which no reader takes for a part of the document


def begins_as_pdf(pdf: bytes) -> bool:
    return HEADER.match(pdf) is not None


def read(pdf: bytes) -> Document:
    """Raises Unreadable."""
    if not begins_as_pdf(pdf):
        raise Unreadable("displaced" if HEADER.search(pdf[:HEAD_BYTES]) else "not-a-pdf")
    if LONG_NAME.search(pdf):
        raise Unreadable("too-much")
    attempts = (partial(_document, pdf), partial(_sealed_part, pdf), partial(_document, pdf, strict=False))
    for attempt in attempts:
        try:
            return attempt()
        except Unreadable:
            raise
        except (Exhausted, RecursionError):
            raise Unreadable("too-much") from None
        except Exception:  # hostile bytes make the parser raise anything
            logger.debug("unreadable", exc_info=True)
    raise Unreadable("damaged")


def _sealed_part(pdf: bytes) -> Document:
    """Without what was hung on behind the part that the last seal says it covers."""
    ends = [int(found[1]) + int(found[2]) for found in RANGE.finditer(pdf)]
    if not ends or not 0 < ends[-1] < len(pdf):
        raise PdfReadError("nothing stands behind")
    return replace(_document(pdf[: ends[-1]]), pdf=pdf, behind=True)


def _document(pdf: bytes, *, strict: bool = True) -> Document:
    reader = Reader(pdf, strict=strict)
    if reader.encrypted:
        raise Unreadable("encrypted")
    found = list(_signatures(reader))
    sound = sorted((each for each in found if not isinstance(each, str)), key=lambda each: each.signed_revision)
    return Document(
        pdf=pdf,
        reader=reader,
        seals=tuple(each for each in sound if each.sig_object_type != STAMP),
        stamps=tuple(each for each in sound if each.sig_object_type == STAMP),
        broken=found.count("broken"),
        outdated=found.count("outdated"),
        regular=strict and not (reader.xrefs.hybrid_xrefs_present or reader.is_ambiguous),
    )


def _signatures(reader: Reader) -> Iterator[EmbeddedPdfSignature | str]:
    """Or why it is none."""
    for count, (name, seal, field) in enumerate(enumerate_sig_fields(reader, filled_status=True)):
        if count >= MOST_SEALS:
            raise Unreadable("too-much")
        yield "outdated" if _is_outdated(seal) else _signature(reader, name, field)


def _is_outdated(seal: Any) -> bool:
    found = seal.get_object()
    return isinstance(found, generic.DictionaryObject) and value(found, "/SubFilter") in OUTDATED


def _signature(reader: Reader, name: str, field: Any) -> EmbeddedPdfSignature | str:
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        if not signature.signer_cert or signature.external_md_algorithm is None:
            raise PdfReadError("no signer")
    except Exception:  # what is no signature can be broken in any way
        return "broken"
    return signature


def value(dictionary: Any, key: str) -> Any:
    """Followed when it is a reference. None: absent."""
    try:
        return dictionary[key]
    except KeyError:  # dict.get would not follow it
        return None


def plain(text: Any) -> str:
    """Text from a file: one line, short, nothing hidden in it."""
    shown = "".join(letter for letter in str(text)[: 2 * LONGEST_TEXT] if unicodedata.category(letter) not in HIDDEN)
    return " ".join(shown.split())[:LONGEST_TEXT]
