"""ZIP files of strangers: nothing is unpacked to a disk, nothing is read before its place and size are known.

Only regular files in a known compression are read, one at a time, never more of each than it says it holds.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from attesta.credentials.batches import rules
from attesta.credentials.batches.findings import Broken, Code, Finding, shown

MAX_ENTRIES = 2 * rules.MAX_ROWS + 1000  # macOS packs a shadow beside each file
MAX_TOTAL = 1024 * 1024 * 1024  # bytes, unpacked
MAX_RATIO = 100
RATIO_MATTERS_FROM = 1024 * 1024  # bytes: a small text may well shrink to a hundredth
END = b"PK\x05\x06"
END64_LOCATOR = b"PK\x06\x07"
END64 = b"PK\x06\x06"
ENTRY = b"PK\x01\x02"
FILE = b"PK\x03\x04"
LOCKED = 0x1  # flag of an encrypted entry
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
SHADOWS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
ARCHIVES = re.compile(r"\.(?:zip|7z|rar|tar|t?gz|bz2|xz|jar)$", re.IGNORECASE)
UNSAFE = re.compile(r"[\\\x00-\x1f\x7f]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
NAME_LENGTH = 200


class Archive:
    """``findings`` is what is wrong with it; ``names`` are the files that can be read, in its order."""

    def __init__(self, data: bytes) -> None:
        """Raises Broken when it cannot be looked into, or must not be."""
        _look_at_the_end(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise _broken(Code.ARCHIVE_DAMAGED) from None
        self.findings: list[Finding] = []
        self._files: dict[str, zipfile.ZipInfo] = {}
        self._refused: dict[str, Code] = {}
        for entry in self._zip.infolist():
            self._take(entry)
        if sum(entry.file_size for entry in self._files.values()) > MAX_TOTAL:
            raise _broken(Code.ARCHIVE_TOO_LARGE)
        if not self._files and not self.findings:
            raise _broken(Code.ARCHIVE_EMPTY)

    @property
    def names(self) -> list[str]:
        return list(self._files)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def why_not(self, name: str) -> Code:
        """A file is none of ``names``."""
        return self._refused.get(name, Code.FILE_NOT_THERE)

    def size(self, name: str) -> int:
        return self._files[name].file_size

    def read(self, name: str, limit: int) -> bytes:
        """Of one of ``names``. Raises Broken: too large, or damaged."""
        entry = self._files[name]
        if entry.file_size > limit:
            raise Broken([Finding(name, "", Code.FILE_TOO_LARGE, f"{entry.file_size}")])
        try:
            with self._zip.open(entry) as file:
                return file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
            raise Broken([Finding(name, "", Code.FILE_DAMAGED)]) from None

    def _take(self, entry: zipfile.ZipInfo) -> None:
        name = tidy_name(entry)
        if SHADOWS.search(name) or (entry.is_dir() and not UNSAFE.search(name)):
            return
        if code := self._entry_problem(name, entry):
            self.findings.append(Finding(shown(name), "", code))
            self._refused[name] = code
        else:
            self._files[name] = entry

    def _entry_problem(self, name: str, entry: zipfile.ZipInfo) -> Code | None:
        unsafe = UNSAFE.search(entry.orig_filename) or UNSAFE.search(name) or len(name) > NAME_LENGTH
        found = {
            Code.FILE_NAME_UNSAFE: unsafe,
            Code.FILE_IS_LINK: not _is_regular(entry),
            Code.FILE_LOCKED: entry.flag_bits & LOCKED,
            Code.FILE_COMPRESSION: entry.compress_type not in COMPRESSIONS,
            Code.FILE_IS_ARCHIVE: ARCHIVES.search(name),
            Code.ARCHIVE_BOMB: entry.file_size > max(entry.compress_size * MAX_RATIO, RATIO_MATTERS_FROM),
            Code.FILE_TWICE: name in self._files,
        }
        return next((code for code, problem in found.items() if problem), None)


def tidy_name(entry: zipfile.ZipInfo) -> str:
    """As people see it: composed letters, and UTF-8 that its packer forgot to call so."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.orig_filename
    return unicodedata.normalize("NFC", name)


def _is_regular(entry: zipfile.ZipInfo) -> bool:
    """What Unix packers say of it; others say nothing."""
    mode = stat.S_IFMT(entry.external_attr >> 16)
    return mode in {0, stat.S_IFREG}


def _broken(code: Code) -> Broken:
    return Broken([Finding("", "", code)])


def _look_at_the_end(data: bytes) -> None:
    """Counts the entries without keeping any: a list of millions must not be read. Raises Broken."""
    if not data.startswith((FILE, END)):
        raise _broken(Code.ARCHIVE_DAMAGED)
    for number, _ in enumerate(_entries(data)):
        if number >= MAX_ENTRIES:
            raise _broken(Code.ARCHIVE_CROWDED)


def _entries(data: bytes) -> Iterator[int]:
    """Where each entry of the central directory begins. Raises Broken."""
    place, end = _directory(data)
    while place + 46 <= end and data.startswith(ENTRY, place):
        yield place
        name, extra, comment = struct.unpack_from("<3H", data, place + 28)
        place += 46 + name + extra + comment
    if place != end:
        raise _broken(Code.ARCHIVE_DAMAGED)


def _directory(data: bytes) -> tuple[int, int]:
    """From where to where the central directory reaches. Raises Broken."""
    tail = max(0, len(data) - 65_557)
    place = data.rfind(END, tail)
    if place < 0 or place + 22 > len(data):
        raise _broken(Code.ARCHIVE_DAMAGED)
    size, start = struct.unpack_from("<2I", data, place + 12)
    end = place
    if place >= 20 and data.startswith(END64_LOCATOR, place - 20):
        end = struct.unpack_from("<Q", data, place - 12)[0]
        if end + 56 > len(data) or not data.startswith(END64, end):
            raise _broken(Code.ARCHIVE_DAMAGED)
        size, start = struct.unpack_from("<2Q", data, end + 40)
    if start + size != end:
        raise _broken(Code.ARCHIVE_DAMAGED)
    return start, end
