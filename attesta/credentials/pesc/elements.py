"""A file's elements, found by name whatever their namespace, and what is wrong with their texts.

The file is bounded and is never allowed a document type: no entities, no outside files, no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import lxml.etree
from lxml.etree import _Element

from attesta.accounts.words import tidy
from attesta.credentials.composing.values import LONGEST_TOLD, Unreadable, read_date, read_number
from attesta.credentials.pesc import notes
from attesta.organizations import days

MOST_BYTES = 4 * 1024 * 1024
MOST_ELEMENTS = 60_000
LONGEST = 400
IN_UTC = re.compile(r"[0-9-]{10}T[0-9:.]+(?:Z|[+-]00:00)")


class Problem(NamedTuple):
    """``path`` is the place in the file: ``Student/AcademicRecord/AcademicSession[2]/Course[1]/CourseTitle``."""

    path: str
    code: str
    value: str


class Unusable(ValueError):
    """The file is no transcript, or not a sound one. ``problems`` has all that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{problem.path}: {problem.code}" for problem in problems))
        self.problems = problems


def parsed(xml: bytes) -> _Element:
    """Raises Unusable."""
    if len(xml) > MOST_BYTES:
        raise Unusable([Problem("", "too-large", str(len(xml)))])
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(xml, parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        raise Unusable([Problem("", "not-xml", "")]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unusable([Problem("", "document-type", "")])
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Unusable([Problem("", "too-large", "")])
    return root


def children(parent: _Element | None, name: str) -> Iterator[_Element]:
    for each in parent if parent is not None else ():
        if lxml.etree.QName(each).localname == name:
            yield each


def child(parent: _Element | None, *names: str) -> _Element | None:
    """The first one of this name, and of that its first one of the next name…"""
    for name in names:
        parent = next(children(parent, name), None)
    return parent


def path(element: _Element) -> str:
    steps: list[str] = []
    while (parent := element.getparent()) is not None:
        name = lxml.etree.QName(element).localname
        same = list(children(parent, name))
        steps.append(name if len(same) == 1 else f"{name}[{same.index(element) + 1}]")
        element = parent
    return "/".join(reversed(steps))


class Elements:
    """Takes texts out of elements; what cannot be taken is a problem and reads as if it were empty."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def found(self, element: _Element | None, name: str, code: str, value: str = "") -> None:
        place = path(element) if element is not None else ""
        shown = value if len(value) <= LONGEST_TOLD else value[: LONGEST_TOLD - 1] + "…"
        self.problems.append(Problem("/".join(part for part in (place, name) if part), code, shown))

    def text(self, parent: _Element | None, name: str, *, required: bool = False, longest: int = LONGEST) -> str:
        element = child(parent, name)
        text = tidy("".join(element.itertext())) if element is not None else ""
        if len(text) > longest:
            self.found(parent, name, "too-long", text)
            return ""
        if required and not text:
            self.found(parent, name, "missing")
        return text

    def number(self, parent: _Element | None, name: str) -> Decimal | None:
        """Zeros that say nothing are left out: ``3.000`` reads 3."""
        text = self.text(parent, name)
        try:
            return plain(read_number(text)) if text else None
        except Unreadable as problem:
            self.found(parent, name, problem.code, text)
            return None

    def day(self, parent: _Element | None, name: str) -> date | None:
        text = self.text(parent, name)
        try:
            return day_of(text) if text else None
        except Unreadable as problem:
            self.found(parent, name, problem.code, text)
            return None

    def notes(self, parent: _Element | None) -> tuple[dict[str, str], str]:
        """Marked texts by name, and the sender's own lines."""
        return notes.read(tidy("".join(each.itertext())) for each in children(parent, "NoteMessage"))


def day_of(text: str) -> date:
    """Of a moment too: as its sender wrote it; of one in UTC, which is of no place, where the institutions are.

    Raises Unreadable.
    """
    day = read_date(text[:10])
    if not IN_UTC.fullmatch(text):
        return day
    try:
        return days.of(datetime.fromisoformat(text))
    except ValueError:
        return day


def plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
