"""What a later revision of a PDF changed, in plain facts: pages, notes, the form, what the document tells of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver

from attesta.seals.checking.bounds import Reader
from attesta.seals.checking.reading import plain
from attesta.seals.checking.renewals import reachable, same, told

UPWARDS = {"/Parent", "/P", "/Pg", "/StructParent"}
ELSEWHERE = {"/Parent", "/Annots", "/StructParents", "/B"}  # of a page, what is not its own drawing
PARTS = {
    "form": "/AcroForm",
    "metadata": "/Metadata",
    "names": "/Names",
    "layers": "/OCProperties",
    "actions": "/OpenAction",
}
MOST_NUMBERS = 20


def since(reader: Reader, revision: int) -> Mapping[str, str]:
    """One short text a kind of change; as many as can be found in what may be broken in any way."""
    found: dict[str, str] = {}
    with suppress(Exception):
        for code, fact in _changes(reader, reader.get_historical_resolver(revision)):
            found[code] = fact
    return found


def _changes(new: Reader, old: HistoricalResolver) -> Iterator[tuple[str, str]]:
    later = range(old.revision + 1, new.xrefs.total_revisions)
    changed = {ref.idnum for each in later for ref in new.xrefs.explicit_refs_in_revision(each)}
    yield from _pages_changed(old, new, changed)
    for code, key in PARTS.items():
        if _differs(old.root, new.root, key) or _touches(new, new.root, key, changed):
            yield code, "yes"
    if different := told(old).items() ^ told(new).items():
        yield "information", ", ".join(sorted({plain(key.removeprefix("/")) for key, _ in different}))
    if added := [each for each in new.embedded_regular_signatures if each.signed_revision > old.revision]:
        yield "seals-added", str(len(added))


def _pages_changed(old: Any, new: Any, changed: set[int]) -> Iterator[tuple[str, str]]:
    before, now = _pages(old), _pages(new)
    places = {number: place for place, number in enumerate(now, 1)}
    kept = [number for number in before if number in places]
    yield from _listed("pages-added", [place for number, place in places.items() if number not in before])
    yield from _listed("pages-removed", [place for place, number in enumerate(before, 1) if number not in places])
    if kept != [number for number in now if number in before]:
        yield "pages-moved", "yes"
    pairs = {places[number]: (_object(old, number), _object(new, number)) for number in kept}
    yield from _listed("pages-changed", [at for at, pair in pairs.items() if _is_drawn_anew(new, *pair, changed)])
    yield from _listed("annotations", [at for at, pair in pairs.items() if _has_other_notes(new, *pair, changed)])


def _listed(code: str, places: list[int]) -> Iterator[tuple[str, str]]:
    if places:
        told = ", ".join(map(str, places[:MOST_NUMBERS]))
        yield code, f"{told}, …" if len(places) > MOST_NUMBERS else told


def _is_drawn_anew(new: Any, before: Any, now: Any, changed: set[int]) -> bool:
    keys = (before.keys() | now.keys()) - ELSEWHERE
    return any(_differs(before, now, key) or _touches(new, now, key, changed) for key in keys)


def _has_other_notes(new: Any, before: Any, now: Any, changed: set[int]) -> bool:
    return _differs(before, now, "/Annots") or _touches(new, now, "/Annots", changed)


def _differs(before: Any, now: Any, key: str) -> bool:
    return not same(_raw(before, key), _raw(now, key))


def _touches(new: Any, whole: Any, key: str, changed: set[int]) -> bool:
    return bool(reachable(new, _raw(whole, key), through=UPWARDS) & changed)


def _raw(dictionary: Any, key: str) -> Any:
    return dictionary.raw_get(key) if key in dictionary else None


def _object(handler: Any, number: int) -> Any:
    return handler.get_object(generic.Reference(number, 0, handler))


def _pages(handler: Any) -> list[int]:
    """Numbers of the pages' objects, in reading order."""
    pages: list[int] = []
    seen: set[int] = set()
    waiting = [handler.root.raw_get("/Pages")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, generic.IndirectObject) or node.idnum in seen:
            continue
        seen.add(node.idnum)
        found = handler.get_object(node.reference)
        if "/Kids" in found:
            waiting.extend(reversed(list(found["/Kids"])))
        else:
            pages.append(node.idnum)
    return pages
