"""Is what was added to a sealed PDF a renewal: evidence and invisible time-stamps, and nothing that anybody sees?

Whatever can be reached from the catalogue must be as it was, but for four places that are looked at closely: the
store of evidence, the form's list of fields, a page's list of annotations, and the catalogue itself. One walk through
the document, so its cost grows with the number of objects, where pyHanko's comparison grows with the ways to them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import HistoricalResolver

from attesta.seals.checking.bounds import Reader
from attesta.seals.checking.reading import STAMP, value

CATALOG_MAY = {"/AcroForm", "/DSS", "/Extensions", "/Version"}
FORM_MAY = {"/Fields", "/SigFlags"}
PAGE_MAY = {"/Annots"}
UNSEEN = {"/DSS", "/Extensions"}
FIELD_HAS = {"/Type", "/Subtype", "/FT", "/T", "/TU", "/V", "/Rect", "/F", "/Ff", "/P"}
# Of the document's properties: what the renewing program writes of itself.
PROGRAM_MAY = {"/ModDate", "/Producer"}
BY_PROGRAM = re.compile(
    rb"<(xmp:ModifyDate|xmp:MetadataDate|pdf:Producer)>[^<]{0,200}</\1>"
    rb'|(?:xmp:ModifyDate|xmp:MetadataDate|pdf:Producer|x:xmptk)="[^"]{0,200}"'
)


def only_renews(reader: Reader, revision: int) -> bool:
    """Every revision after this one. What was changed and changed back is no renewal either."""
    base = reader.get_historical_resolver(revision)
    later = range(revision + 1, reader.xrefs.total_revisions)
    try:
        return all(_Renewal(reader, base, each).is_one() for each in later)
    except Exception:  # a comparison that fails shows nothing good
        return False


class _Renewal:
    """One later revision against the sealed one."""

    def __init__(self, reader: Reader, old: HistoricalResolver, revision: int) -> None:
        self.reader = reader
        self.old = old
        self.new: Any = reader.get_historical_resolver(revision)
        self.later = range(old.revision + 1, revision + 1)
        self.changed = {ref.idnum for each in self.later for ref in reader.xrefs.explicit_refs_in_revision(each)}
        self.stamps: set[int] = set()
        self.seen = {self.new.root_ref.idnum}

    def is_one(self) -> bool:
        return (
            not self._frees_or_unpacks()
            and self._trailer_is_kept()
            and self._catalog_is_kept()
            and self._form_is_kept()
            and all(self._is_as_it_was(*encounter) for encounter in self._encounters())
            and self.changed <= self.seen | self._unseen()
        )

    def _frees_or_unpacks(self) -> bool:
        """Sets an object free, or writes over one that holds others."""
        xrefs = self.reader.xrefs
        holding = {ref.idnum for each in range(self.old.revision + 1) for ref in xrefs.object_streams_used_in(each)}
        freed = {number for each in self.later for number in xrefs.get_xref_data(each).freed if number}
        return bool(holding & self.changed or freed)

    def _trailer_is_kept(self) -> bool:
        return "/Encrypt" not in self.new.trailer_view and told(self.old) == told(self.new)

    def _catalog_is_kept(self) -> bool:
        same_place = self.old.root_ref.idnum == self.new.root_ref.idnum
        return same_place and same_but(self.old.root, self.new.root, CATALOG_MAY)

    def _form_is_kept(self) -> bool:
        """All fields as before, and after them new ones, each with a time-stamp and nothing to see."""
        before, now = value(self.old.root, "/AcroForm"), value(self.new.root, "/AcroForm")
        if before is None or now is None:
            return before is None and now is None
        added = added_to(value(before, "/Fields"), value(now, "/Fields"))
        if added is None or not same_but(before, now, FORM_MAY) or not all(map(self._is_stamp, added)):
            return False
        self.stamps = {field.idnum for field in added}
        return True

    def _is_stamp(self, field: Any) -> bool:
        if not isinstance(field, generic.IndirectObject) or not self.old.is_ref_unassignable(field.reference):
            return False
        found = self.new(field.reference)
        if not isinstance(found, generic.DictionaryObject) or not found.keys() <= FIELD_HAS:
            return False
        stamp = value(found, "/V")
        kinds = (value(found, "/FT"), value(found, "/Subtype"))
        is_dated = isinstance(stamp, generic.DictionaryObject) and value(stamp, "/Type") == STAMP
        return is_dated and kinds == ("/Sig", "/Widget") and has_no_size(value(found, "/Rect"))

    def _encounters(self) -> Iterator[tuple[int, Any, str]]:
        """Every way in which a reader comes to something that was changed: number, value, and by what entry."""
        waiting = [(part, key) for key, part in self.new.root.items() if key not in UNSEEN]
        while waiting:
            part, entry = waiting.pop()
            if isinstance(part, generic.IndirectObject):
                number, known = part.idnum, part.idnum in self.seen
                if known and number not in self.changed:
                    continue
                self.seen.add(number)
                part = self.new(part.reference)
                if number in self.changed:
                    yield number, part, entry
                if known or number in self.stamps:
                    continue
            waiting.extend(_parts(part, entry))

    def _is_as_it_was(self, number: int, now: Any, entry: str) -> bool:
        if number in self.stamps:
            return entry in {"/Fields[]", "/Annots[]"}
        if entry in {"/AcroForm", "/AcroForm/Fields"} or number == self.new.root_ref.idnum:
            return True  # looked at already
        before = self.old(generic.Reference(number, 0, self.old))
        if entry == "/Annots":
            return self._gains_stamps(before, now)
        if entry == "/Metadata":
            return told_in(before) == told_in(now)
        if isinstance(before, generic.DictionaryObject) and value(before, "/Type") == "/Page":
            gains = self._gains_stamps(value(before, "/Annots"), value(now, "/Annots"))
            return gains and same_but(before, now, PAGE_MAY)
        return same(before, now)

    def _gains_stamps(self, before: Any, now: Any) -> bool:
        added = added_to(before, now)
        return added is not None and {getattr(each, "idnum", 0) for each in added} <= self.stamps

    def _unseen(self) -> set[int]:
        """What a renewal writes that nobody sees: evidence, time-stamps, properties, and the file's own tables."""
        xrefs, handler = self.reader.xrefs, self.new
        tables = [xrefs.get_xref_container_info(each).stream_ref for each in self.later]
        packs = [ref for each in self.later for ref in xrefs.object_streams_used_in(each)]
        stamps = [generic.IndirectObject(number, 0, handler) for number in self.stamps]
        evidence = handler.root.raw_get("/DSS") if "/DSS" in handler.root else None
        info = handler.trailer_view.raw_get("/Info") if "/Info" in handler.trailer_view else None
        return {ref.idnum for ref in (*tables, *packs) if ref} | reachable(
            handler, evidence, info, *stamps, through={"/P"}
        )


def reachable(handler: Any, *starts: Any, through: Collection[str] = ()) -> set[int]:
    """Numbers of the objects under these, without going ``through`` these keys."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, generic.IndirectObject):
            if part.idnum in seen:
                continue
            seen.add(part.idnum)
            part = handler.get_object(part.reference)
        if isinstance(part, generic.ArrayObject):
            waiting.extend(part)
        elif isinstance(part, generic.DictionaryObject):
            waiting.extend(each for key, each in part.items() if key not in through)
    return seen


def _parts(whole: Any, entry: str) -> Iterator[tuple[Any, str]]:
    """With the entry that leads to each: its key, or its list's entry and ``[]``."""
    if isinstance(whole, generic.ArrayObject):
        inside = {"/AcroForm/Fields": "/Fields[]", "/Annots": "/Annots[]"}.get(entry, "")
        yield from ((part, inside) for part in whole)
    elif isinstance(whole, generic.DictionaryObject):
        leads = {"/AcroForm": {"/Fields": "/AcroForm/Fields"}}.get(entry, {})
        if value(whole, "/Type") == "/Page":
            leads = {"/Annots": "/Annots"}
        yield from ((part, leads.get(key, "")) for key, part in whole.items())


def added_to(before: Any, now: Any) -> list[Any] | None:
    """What stands in a list after what stood in it. None: something else happened to it."""
    old, new = list(before or ()), list(now or ())
    return new[len(old) :] if same(old, new[: len(old)]) else None


def told(handler: Any) -> dict[str, str]:
    """The document's properties, as far as people wrote them."""
    info = value(handler.trailer_view, "/Info") or {}
    return {str(key): str(value(info, key)) for key in info if key not in PROGRAM_MAY}


def told_in(metadata: Any) -> bytes:
    """XMP, likewise."""
    return BY_PROGRAM.sub(b"", metadata.read_data(DecodePurpose.XMP_METADATA))


def has_no_size(box: Any) -> bool:
    left, bottom, right, top = map(float, box)
    return left == right or bottom == top


def same_but(before: Any, now: Any, may_differ: set[str]) -> bool:
    if not isinstance(before, generic.DictionaryObject) or not isinstance(now, generic.DictionaryObject):
        return False
    keys = (before.keys() | now.keys()) - may_differ
    return all(key in before and key in now and same(before.raw_get(key), now.raw_get(key)) for key in keys)


def same(before: Any, now: Any) -> bool:
    """The same as written, references by their number."""
    if type(before) is not type(now):
        return False
    match before:
        case generic.IndirectObject():
            return bool((before.idnum, before.generation) == (now.idnum, now.generation))
        case generic.StreamObject():
            return bool(before.encoded_data == now.encoded_data) and same_but(before, now, set())
        case generic.DictionaryObject():
            return same_but(before, now, set())
        case list():
            return len(before) == len(now) and all(map(same, before, now))
        case _:
            return bool(before == now)
