"""ZIP files that somebody made to do harm, or by accident."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from attesta.credentials.batches.findings import Code
from attesta.credentials.batches.sources import archives
from tests.credentials.batches import files
from tests.harness.pdfs import make_pdf

Change = Callable[[zipfile.ZipInfo], None]


class Packer:
    """A ZIP whose entries may lie about themselves."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.zip = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)

    def add(
        self, name: str, content: bytes | str = b"", change: Change | None = None, method: int | None = None
    ) -> None:
        """``change`` alters what the central directory says of the entry."""
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = entry.orig_filename = name
        entry.compress_type = zipfile.ZIP_DEFLATED if method is None else method
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a name twice
            self.zip.writestr(entry, content)
        if change:
            change(entry)

    def done(self) -> bytes:
        self.zip.close()
        return self.out.getvalue()


def locked(entry: zipfile.ZipInfo) -> None:
    entry.flag_bits |= 0x1


def link(entry: zipfile.ZipInfo) -> None:
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def device(entry: zipfile.ZipInfo) -> None:
    entry.create_system = 3
    entry.external_attr = (stat.S_IFCHR | 0o666) << 16


def strange(entry: zipfile.ZipInfo) -> None:
    entry.compress_type = 99


def damaged(entry: zipfile.ZipInfo) -> None:
    entry.CRC ^= 1


def huge(entry: zipfile.ZipInfo) -> None:
    entry.file_size = 26 * 1024 * 1024
    entry.compress_size = entry.file_size


def with_file(name: str, content: bytes | str = b"x", change: Change | None = None, method: int | None = None) -> bytes:
    """One sound document, and beside it this file."""
    packer = sound()
    packer.add(name, content, change, method)
    return packer.done()


def sound() -> Packer:
    packer = Packer()
    packer.add("1.pdf", make_pdf())
    packer.add("index.csv", files.table([files.index_row(1)], files.INDEX))
    return packer


@cache
def zeros(megabytes: int) -> bytes:
    return b"\0" * megabytes * 1024 * 1024


def unflagged(data: bytes) -> bytes:
    """As packers write it that forget to say that names are UTF-8."""
    out = bytearray(data)
    for mark, offset in ((archives.FILE, 7), (archives.ENTRY, 9)):
        place = out.find(mark)
        while place >= 0:
            out[place + offset] &= ~0x08
            place = out.find(mark, place + 4)
    return bytes(out)


def overlapping() -> bytes:
    """Many entries of one piece of data, each its full size: the better bomb."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.pdf", make_pdf())
        first = archive.filelist[0]
        for number in range(2, 50):
            again = zipfile.ZipInfo(f"{number}.pdf")
            again.compress_type, again.CRC = first.compress_type, first.CRC
            again.compress_size, again.file_size = first.compress_size, first.file_size
            again.header_offset = first.header_offset
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
        archive.writestr("index.csv", files.table([files.index_row(n) for n in range(1, 50)], files.INDEX))
    return out.getvalue()


def crowded(count: int = archives.MAX_ENTRIES + 1) -> bytes:
    """A directory of that many entries of nothing, and nothing else."""
    entry = struct.pack("<4s4B4HL2L5H2L", archives.ENTRY, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = entry * count
    return archives.FILE + b"\0" * 40 + directory + end(directory, start=44)


def end(directory: bytes, start: int, count: int = 1) -> bytes:
    """The number of entries that it says is a lie that nobody checks."""
    return struct.pack("<4s4H2LH", archives.END, 0, 0, count, count, len(directory), start, 0)


def much(files_of: int = 44, megabytes: int = 24) -> bytes:
    """Files that are each allowed, and together too large; packed with what hardly packs, so that none is a bomb."""
    packer = sound()
    for number in range(files_of):
        packer.add(f"more/{number}.pdf", change=lambda entry: _sized(entry, megabytes))
    return packer.done()


def _sized(entry: zipfile.ZipInfo, megabytes: int) -> None:
    entry.file_size = entry.compress_size = megabytes * 1024 * 1024


WHOLE: Mapping[str, tuple[Callable[[], bytes], Code]] = {
    "nothing": (lambda: archives.END + b"\0" * 18, Code.ARCHIVE_EMPTY),
    "cut off": (lambda: files.pdfs(1)[:-30], Code.ARCHIVE_DAMAGED),
    "text before": (lambda: b"#!/bin/sh\n" + files.pdfs(1), Code.ARCHIVE_DAMAGED),
    "text behind": (lambda: files.pdfs(1) + b"x" * 70_000, Code.ARCHIVE_DAMAGED),
    "head only": (lambda: archives.FILE, Code.ARCHIVE_DAMAGED),
    "directory elsewhere": (lambda: archives.FILE + end(b"", start=999), Code.ARCHIVE_DAMAGED),
    "too many files": (crowded, Code.ARCHIVE_CROWDED),
    "millions of files": (lambda: crowded(1_000_000), Code.ARCHIVE_CROWDED),
    "too much": (much, Code.ARCHIVE_TOO_LARGE),
    "no index": (lambda: files.packed({"1.pdf": make_pdf()}), Code.INDEX_MISSING),
    "two indexes": (lambda: files.packed({"index.csv": "x", "a/INDEX.csv": "y"}), Code.INDEX_TWICE),
}
PARTS: Mapping[str, tuple[Callable[[], bytes], str, Code]] = {
    "password": (lambda: with_file("a.pdf", change=locked), "a.pdf", Code.FILE_LOCKED),
    "slip": (lambda: with_file("../../etc/cron.d/x"), "../../etc/cron.d/x", Code.FILE_NAME_UNSAFE),
    "slip inside": (lambda: with_file("a/../../x.pdf"), "a/../../x.pdf", Code.FILE_NAME_UNSAFE),
    "absolute": (lambda: with_file("/etc/passwd"), "/etc/passwd", Code.FILE_NAME_UNSAFE),
    "drive": (lambda: with_file("C:/x.pdf"), "C:/x.pdf", Code.FILE_NAME_UNSAFE),
    "backslash": (lambda: with_file("..\\x.pdf"), "..\\x.pdf", Code.FILE_NAME_UNSAFE),
    "nul": (lambda: with_file("a.pdf\0.exe"), "a.pdf.exe", Code.FILE_NAME_UNSAFE),
    "long name": (lambda: with_file("x" * 201), "x" * 79 + "…", Code.FILE_NAME_UNSAFE),
    "unsafe folder": (lambda: with_file("../x/"), "../x/", Code.FILE_NAME_UNSAFE),
    "twice": (lambda: with_file("1.pdf"), "1.pdf", Code.FILE_TWICE),
    "link": (lambda: with_file("l.pdf", b"/etc/passwd", link), "l.pdf", Code.FILE_IS_LINK),
    "device": (lambda: with_file("d.pdf", b"", device), "d.pdf", Code.FILE_IS_LINK),
    "nested": (lambda: with_file("more.zip", files.pdfs(1)), "more.zip", Code.FILE_IS_ARCHIVE),
    "unknown method": (lambda: with_file("m.pdf", change=strange), "m.pdf", Code.FILE_COMPRESSION),
    "lzma": (lambda: with_file("m.pdf", method=zipfile.ZIP_LZMA), "m.pdf", Code.FILE_COMPRESSION),
    "bomb": (lambda: with_file("b.pdf", zeros(24)), "b.pdf", Code.ARCHIVE_BOMB),
    "stray": (lambda: with_file("2.pdf", make_pdf()), "2.pdf", Code.FILE_NOT_LISTED),
}
