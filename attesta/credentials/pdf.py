"""PDFs that institutions hand in: checked and drawn, never changed. Parsing happens in a confined process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from attesta.credentials.confinement import Failed, Program
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal

MAX_BYTES = 25 * 1024 * 1024
HEADER = re.compile(rb"%PDF-[12]\.\d[\r\n\t ]")
END = b"%%EOF"
CONTINUES = re.compile(rb"\d+ \d+ obj\b|xref\b|%")  # the next part of a PDF saved in parts
HEAD_BYTES = 1024
FOREIGN_HEADS = re.compile(rb"<\s*(!doctype|html|script|svg|body|\?php)|#!\s*/|\bPK\x03\x04", re.IGNORECASE)
ZIP_END = b"PK\x05\x06"
ZIP_END_BYTES = 22
ZIP_COMMENT_BYTES = 65_535

program = Program("attesta.credentials.pdf_child")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """``signed``: does it carry a signature, of whomever? None when that could not be found out."""

    page_count: int
    size: int
    sha256: str
    signed: bool | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """``removed``: codes of active content that will be taken out (``seals.activity``)."""

    page_count: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One page: a WebP picture 1200 pixels wide, and its text in reading order."""

    number: int
    image: bytes
    text: str
    width: int
    height: int


class Undrawable(ValueError):
    """These pages cannot be drawn within the time and memory allowed."""


def check(pdf: bytes) -> PdfFacts:
    """Raises Refused (with its own code for each) unless this is one sound PDF of at most 500 pages and 25 MB."""
    facts = _asked("check", pdf)
    return PdfFacts(facts["pages"], len(pdf), sha256(pdf).hexdigest(), facts["signed"])


def inspect(pdf: bytes) -> Inspected:
    """What sealing it would find, without sealing it. Raises Refused as sealing does."""
    facts = _asked("inspect", pdf)
    return Inspected(page_count=facts["pages"], removed=tuple(facts["removed"]))


def _asked(verb: str, pdf: bytes) -> dict[str, Any]:
    if code := shape_refusal(pdf):
        raise refused(code)
    try:
        facts: dict[str, Any] = json.loads(program.ask(verb, pdf))
    except Failed:
        raise refused(Refusal.UNREADABLE) from None
    if "refusal" in facts:
        raise refused(Refusal(facts["refusal"]))
    return facts


def shape_refusal(pdf: bytes) -> Refusal | None:
    """What the bytes alone tell, before anything parses them."""
    if len(pdf) > MAX_BYTES:
        return Refusal.TOO_LARGE
    return (None if pdf else Refusal.EMPTY) or head_refusal(pdf[:HEAD_BYTES]) or end_refusal(pdf)


def head_refusal(head: bytes) -> Refusal | None:
    """A PDF begins at its first byte, and its first kilobyte is nothing else."""
    if not HEADER.match(head):
        return Refusal.POLYGLOT if head.find(b"%PDF-") > 0 else Refusal.NOT_A_PDF
    foreign = FOREIGN_HEADS.search(head) or head[257:262] == b"ustar"
    return Refusal.POLYGLOT if foreign else None


def end_refusal(pdf: bytes) -> Refusal | None:
    """A PDF ends with its end mark; nothing is hung on behind it."""
    end = pdf.rfind(END)
    if end < 0:
        return Refusal.TRUNCATED
    if ends_as_zip(pdf):
        return Refusal.POLYGLOT
    rest = pdf[end + len(END) :].strip(b"\r\n\t \0")
    if rest:
        return Refusal.TRUNCATED if CONTINUES.match(rest) else Refusal.POLYGLOT
    return None


def ends_as_zip(pdf: bytes) -> bool:
    """A ZIP's end record whose comment reaches exactly the file's end."""
    tail = pdf[-(ZIP_END_BYTES + ZIP_COMMENT_BYTES) :]
    place = tail.rfind(ZIP_END)
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if place + ZIP_END_BYTES + comment == len(tail):
            return True
        place = tail.rfind(ZIP_END, 0, place)
    return False


def render(pdf: bytes, numbers: Iterable[int]) -> Iterator[Rendering]:
    """These pages (from 1), a few at once. Raises Undrawable."""
    try:
        out = BytesIO(program.ask("render", pdf, numbers=list(numbers)))
    except Failed:
        raise Undrawable("These pages cannot be drawn within their bounds.") from None
    while line := out.readline():
        facts: dict[str, Any] = json.loads(line)
        image, text = out.read(facts["image"]), out.read(facts["text"]).decode()
        yield Rendering(facts["number"], image, tidy_lines(text), facts["width"], facts["height"])


def tidy_lines(text: str) -> str:
    """Plain lines: no carriage returns, no non-characters that PDF text is full of."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate({0: None, 0xFFFE: "-", 0xFFFF: None, 2: "-"})
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()
