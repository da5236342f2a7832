"""A document's pages as its own page shows them: a few at once, each a picture with its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from attesta.vault.blobs import Missing

AT_ONCE = 6

type Place = Callable[[int], str]
"""Where a door serves something of a page."""


class Pages(Protocol):
    """What a gate hands out (``credentials.contents.Contents``)."""

    @property
    def page_count(self) -> int: ...
    def page_sizes(self) -> dict[int, tuple[int, int]]: ...
    def page_text(self, number: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its picture, and its text once it has been drawn (until then, at ``text_url``)."""

    number: int
    image_url: str
    text_url: str
    width: int | None
    height: int | None
    text: str


def part_of(found: Pages, part: int, *, image: Place, text: Place) -> dict[str, object]:
    """What web/document/sheets.html shows: the pages of one part (from 1), so that a long document stays light."""
    first = min((part - 1) * AT_ONCE + 1, (found.page_count - 1) // AT_ONCE * AT_ONCE + 1)
    last = min(first + AT_ONCE - 1, found.page_count)
    sizes = found.page_sizes()
    part = (first - 1) // AT_ONCE + 1
    return {
        "sheets": [sheet(found, number, sizes, image, text) for number in range(first, last + 1)],
        "first": first,
        "last": last,
        "page_count": found.page_count,
        "earlier": part - 1 if first > 1 else None,
        "later": part + 1 if last < found.page_count else None,
    }


def sheet(found: Pages, number: int, sizes: dict[int, tuple[int, int]], image: Place, text: Place) -> Sheet:
    width, height = sizes.get(number, (None, None))
    return Sheet(number, image(number), text(number), width, height, text_of(found, number) if width else "")


def text_of(found: Pages, number: int) -> str:
    try:
        return found.page_text(number)
    except Missing:
        return ""
