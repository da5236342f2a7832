"""Trust check 24, ZIP files: every hostile one is told, none is unpacked, none takes memory or time."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from datetime import date

import pytest

from attesta.credentials.batches.findings import Broken, Code
from attesta.credentials.batches.sources.pdfs import PdfArchive
from tests.credentials.batches import files, hostile
from tests.harness.pdfs import make_pdf

TODAY = date(2026, 6, 12)


def opened(data: bytes) -> PdfArchive:
    return PdfArchive(data, today=TODAY)


def first_of(archive: PdfArchive) -> list[str]:
    """The codes of what is wrong with its first document."""
    return of(archive, 1)


def of(archive: PdfArchive, number: int) -> list[str]:
    try:
        archive.document(archive.entries[number - 1])
    except Broken as broken:
        return [found.code for found in broken.findings]
    return []


@pytest.mark.parametrize("make, code", hostile.WHOLE.values(), ids=hostile.WHOLE)
def test_trust_24_archives_that_are_not_looked_into(make: Callable[[], bytes], code: Code) -> None:
    with pytest.raises(Broken) as broken:
        opened(make())
    assert [found.code for found in broken.value.findings] == [code]


@pytest.mark.parametrize("make, place, code", hostile.PARTS.values(), ids=hostile.PARTS)
def test_trust_24_files_that_are_not_read(make: Callable[[], bytes], place: str, code: Code) -> None:
    archive = opened(make())
    assert [(found.place, found.code) for found in archive.findings] == [(place, code)]
    assert first_of(archive) == []


def test_trust_24_one_piece_of_data_under_many_names_is_not_read() -> None:
    archive = opened(hostile.overlapping())
    assert [of(archive, number) for number in range(2, 50)] == [[Code.FILE_DAMAGED]] * 48


@pytest.mark.parametrize("make, code", hostile.WHOLE.values(), ids=hostile.WHOLE)
def test_trust_24_memory_and_time_stay_small(make: Callable[[], bytes], code: Code) -> None:
    data = make()
    began = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(Broken):
            opened(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(data) + 32 * 1024 * 1024
    assert time.monotonic() - began < 5


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    packer = hostile.Packer()
    packer.add("1.pdf", make_pdf() * 10, change=lambda entry: setattr(entry, "file_size", 100))
    packer.add("index.csv", files.table([files.index_row(1)], files.INDEX))
    assert first_of(opened(packer.done())) == [Code.FILE_DAMAGED]


def test_a_file_that_is_too_large_or_damaged_is_told_where_it_is_named() -> None:
    for change, code in ((hostile.huge, Code.FILE_TOO_LARGE), (hostile.damaged, Code.FILE_DAMAGED)):
        packer = hostile.Packer()
        packer.add("1.pdf", make_pdf(), change)
        packer.add("index.csv", files.table([files.index_row(1)], files.INDEX))
        assert first_of(opened(packer.done())) == [code]


def test_a_file_that_is_not_read_is_not_said_to_be_missing() -> None:
    """Neither where it lies nor at the line that names it."""
    index = files.table([files.index_row(1), files.index_row(2, file="../2.pdf"), files.index_row(3)], files.INDEX)
    archive = opened(files.packed({"index.csv": index, "1.pdf": b"\0" * 2**22, "../2.pdf": make_pdf()}))
    told = [of(archive, number) for number in (1, 2, 3)]
    assert told == [[Code.ARCHIVE_BOMB], [Code.FILE_NAME_UNSAFE], [Code.FILE_NOT_THERE]]


def test_everything_may_lie_in_one_folder_beside_what_macos_adds() -> None:
    index = files.table([files.index_row(1), files.index_row(2, file="b\\2.pdf")], files.INDEX)
    archive = opened(
        files.packed(
            {
                "Juin 2026/": b"",
                "Juin 2026/index.csv": index,
                "Juin 2026/1.pdf": make_pdf(),
                "Juin 2026/b/2.pdf": make_pdf(),
                "__MACOSX/Juin 2026/._1.pdf": b"x",
                "Juin 2026/.DS_Store": b"x",
                "Juin 2026/Thumbs.db": b"x",
            }
        )
    )
    assert (archive.findings, [entry.place for entry in archive.entries]) == ([], ["2", "3"])
    assert [archive.document(entry).pdf[:5] for entry in archive.entries] == [b"%PDF-"] * 2


@pytest.mark.parametrize("finish", [bytes, hostile.unflagged], ids=["said", "not said"])
def test_accents_in_file_names_are_found_however_they_were_packed(finish: Callable[[bytes], bytes]) -> None:
    packer = hostile.Packer()
    packer.add("Zoe\u0301 diplo\u0302me.pdf", make_pdf())
    packer.add("index.csv", files.table([files.index_row(1, file="Zoé diplôme.pdf")], files.INDEX))
    archive = opened(finish(packer.done()))
    assert (archive.findings, first_of(archive)) == ([], [])
