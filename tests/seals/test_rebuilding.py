"""Plain PDFs are written anew without taking apart what stays; all others go the longer way."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from attesta.seals.holes import PLACEHOLDER
from attesta.seals.preparing import prepare
from attesta.seals.rebuilding import plain_bodies
from tests.seals import papers
from tests.seals.office import Office

pytestmark = pytest.mark.once

NOT_PLAIN = [
    papers.with_streams,
    papers.linearized,
    papers.old,
    papers.edited,
    papers.with_a_page_in_place,
    papers.with_a_page_twice,
    papers.plainly(papers.tagged_otherwise),
]


def is_plain(pdf: bytes) -> bool:
    with pikepdf.open(BytesIO(pdf)) as document:
        return plain_bodies(pdf, document) is not None


def test_what_we_compose_is_plain(diploma: bytes, transcript: bytes) -> None:
    assert is_plain(diploma)
    assert is_plain(transcript)


@pytest.mark.parametrize("paper", NOT_PLAIN, ids=lambda paper: paper.__name__)
def test_what_is_not_plain_is_known(paper: Callable[[], bytes]) -> None:
    assert not is_plain(paper())


def test_a_table_that_points_elsewhere_is_not_trusted(diploma: bytes) -> None:
    table = diploma.rindex(b"xref\n0 ")
    first = diploma.index(b"65535 f", table) + 9
    moved = diploma[:first] + b"%010d" % (int(diploma[first : first + 10]) + 1) + diploma[first + 10 :]
    assert is_plain(diploma)
    assert not is_plain(moved)


@pytest.mark.parametrize("name", ["diploma", "transcript", "long"])
def test_every_object_that_was_not_meant_stays(office: Office, request: pytest.FixtureRequest, name: str) -> None:
    before = papers.plainly(papers.long)() if name == "long" else request.getfixturevalue(name)
    after = prepare(before, evidence=office.evidence, hole=4000, **office.words).pdf
    old, new = objects(before), objects(after)
    changed = {number for number in old if old[number] != new[number]}
    assert len(changed) == 4  # catalog, page, root of the structure, its document element
    packed = [number for number in set(new) - set(old) if b"/ObjStm" in new[number]]
    assert len(set(new) - set(old)) - len(packed) == 11  # seal, field, form, element, evidence and its six pieces
    assert PLACEHOLDER in after


def test_small_objects_are_packed_and_the_seal_is_not(office: Office, transcript: bytes) -> None:
    after = prepare(transcript, evidence=office.evidence, hole=4000, **office.words).pdf
    assert len(after) < 0.8 * len(transcript)
    with pikepdf.open(BytesIO(after)) as document:
        number = document.Root.Perms.DocMDP.objgen[0]
    assert after.count(b"\n%d 0 obj\n<< /ByteRange " % number) == 1


def objects(pdf: bytes) -> dict[int, bytes]:
    """By number, as the library writes each; streams with their raw content."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            thing.objgen[0]: written(thing)
            for thing in document.objects
            if thing is not None and thing.objgen[0] and not is_table(thing)
        }


def written(thing: pikepdf.Object) -> bytes:
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse(resolved=True) + thing.read_raw_bytes()
    return bytes(thing.unparse(resolved=True))


def is_table(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/XRef"
