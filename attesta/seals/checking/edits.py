"""What was added to a PDF after it was sealed: permitted or not, and in plain facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking.bounds import Reader
from attesta.seals.checking.reading import plain
from attesta.seals.checking.renewals import only_renews, told

MOST_EDITS = 40
ELSEWHERE = {"/Parent", "/Annots", "/StructParents", "/B"}  # of a page, what is not its own drawing


@dataclass(frozen=True, slots=True)
class Edits:
    """``compared``: it was possible to. ``renewal``: nothing but evidence and time-stamps.
    ``permitted``: what the seal itself allows. ``facts``: what changed, one short text a kind."""

    count: int
    renewal: bool = True
    permitted: bool = True
    compared: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)


def after(seal: EmbeddedPdfSignature) -> Edits:
    reader = cast(Reader, seal.reader)
    count = reader.xrefs.total_revisions - seal.signed_revision - 1
    if count <= 0:
        return Edits(count=0)
    if count > MOST_EDITS:
        return Edits(count, False, False, compared=False)
    if only_renews(reader, seal.signed_revision):
        return Edits(count)
    allowed = _allowed(seal.docmdp_level)
    permitted = allowed is not None and _passes(seal, allowed)
    facts = _facts(reader, seal.signed_revision)
    return Edits(count, False, permitted, not reader.is_exhausted, facts)


def _allowed(lock: MDPPerm | None) -> ModificationLevel | None:
    """What the seal lets others do, renewals apart. Without a lock: sign and fill in, as everywhere."""
    allowed = {MDPPerm.NO_CHANGES: None, MDPPerm.ANNOTATE: ModificationLevel.ANNOTATIONS}
    return ModificationLevel.FORM_FILLING if lock is None else allowed.get(lock, ModificationLevel.FORM_FILLING)


def _passes(seal: EmbeddedPdfSignature, most: ModificationLevel) -> bool:
    try:
        result = DEFAULT_DIFF_POLICY.review_file(
            seal.reader, seal.signed_revision, field_mdp_spec=seal.fieldmdp, doc_mdp=seal.docmdp_level
        )
    except Exception:  # a comparison that fails shows nothing good
        return False
    return isinstance(result, DiffResult) and result.modification_level <= most


def _facts(reader: Reader, revision: int) -> Mapping[str, str]:
    try:
        return dict(_changes(reader, revision))
    except Exception:  # the edit can be broken in any way
        return {}


def _changes(reader: Reader, revision: int) -> Iterator[tuple[str, str]]:
    old = reader.get_historical_resolver(revision)
    changed = _changed(reader, revision)
    before, now = _pages(old), _pages(reader)
    numbers = {ref: number for number, ref in enumerate(now, 1)}
    yield from _told("pages-added", [numbers[ref] for ref in now if ref not in before])
    yield from _told("pages-removed", [number for number, ref in enumerate(before, 1) if ref not in numbers])
    kept = [ref for ref in before if ref in numbers]
    if kept != [ref for ref in now if ref in set(kept)]:
        yield "pages-moved", "yes"
    yield from _told("pages-changed", [numbers[ref] for ref in kept if _drawn_anew(old, reader, ref, changed)])
    yield from _told("annotations", [numbers[ref] for ref in kept if _annotations_differ(old, reader, ref, changed)])
    yield from _keys_changed(old, reader, changed)
    if added := len(reader.embedded_regular_signatures) - _seals_until(reader, revision):
        yield "seals-added", str(added)


def _seals_until(reader: Reader, revision: int) -> int:
    return sum(each.signed_revision <= revision for each in reader.embedded_regular_signatures)


def _told(code: str, numbers: list[int]) -> Iterator[tuple[str, str]]:
    if numbers:
        yield code, ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")


def _keys_changed(old: Any, new: Reader, changed: set[generic.Reference]) -> Iterator[tuple[str, str]]:
    """The parts of the document that belong to no page."""
    parts = {
        "form": "/AcroForm",
        "metadata": "/Metadata",
        "names": "/Names",
        "layers": "/OCProperties",
        "actions": "/OpenAction",
    }
    for code, key in parts.items():
        if _differs(_raw(old.root, key), _raw(new.root, key), _reachable(new, _raw(new.root, key)) & changed):
            yield code, "yes"
    if different := told(old).items() ^ told(new).items():
        yield "information", ", ".join(sorted({plain(key.removeprefix("/")) for key, _ in different}))


def _differs(old: Any, new: Any, touched: set[generic.Reference]) -> bool:
    return (old is None) != (new is None) or bool(touched)


def _changed(reader: Reader, revision: int) -> set[generic.Reference]:
    later = range(revision + 1, reader.xrefs.total_revisions)
    return {_plain(ref) for each in later for ref in reader.xrefs.explicit_refs_in_revision(each)}


def _plain(ref: Any) -> Any:
    return (ref.idnum, ref.generation)


def _raw(dictionary: Any, key: str) -> Any:
    return dictionary.raw_get(key) if key in dictionary else None


def _pages(handler: Reader | HistoricalResolver) -> list[Any]:
    """References of the pages in reading order."""
    pages: list[Any] = []
    seen: set[Any] = set()
    waiting = [handler.root.raw_get("/Pages")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, generic.IndirectObject) or _plain(node.reference) in seen:
            continue
        seen.add(_plain(node.reference))
        value = handler.get_object(node.reference)
        if "/Kids" in value:
            waiting.extend(reversed(list(_items(value["/Kids"]))))
        else:
            pages.append(_plain(node.reference))
    return pages


def _items(array: Any) -> Iterator[Any]:
    return (array.raw_get(index) for index in range(len(array)))


def _page(handler: Any, ref: Any) -> Any:
    return handler.get_object(generic.Reference(*ref))


def _drawn_anew(old: Any, new: Any, ref: Any, changed: set[Any]) -> bool:
    before, now = _own(_page(old, ref)), _own(_page(new, ref))
    return repr(before) != repr(now) or bool(_reachable(new, *now.values()) & changed)


def _own(page: Any) -> dict[str, Any]:
    return {str(key): page.raw_get(key) for key in sorted(page) if key not in ELSEWHERE}


def _annotations_differ(old: Any, new: Any, ref: Any, changed: set[Any]) -> bool:
    before, now = _raw(_page(old, ref), "/Annots"), _raw(_page(new, ref), "/Annots")
    return (before is None) != (now is None) or bool(_reachable(new, now) & changed)


def _reachable(handler: Any, *starts: Any) -> set[Any]:
    """References under these objects, upward ones apart."""
    seen: set[Any] = set()
    waiting = list(starts)
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if _plain(value.reference) in seen:
                continue
            seen.add(_plain(value.reference))
            value = handler.get_object(value.reference)
        if isinstance(value, generic.ArrayObject):
            waiting.extend(_items(value))
        elif isinstance(value, generic.DictionaryObject):
            waiting.extend(value.raw_get(key) for key in value if key not in {"/Parent", "/P", "/Pg", "/StructParent"})
    return seen
