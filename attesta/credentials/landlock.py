"""Linux's Landlock: a program gives up files, sockets and other programs for good, and needs no rights to do so.

Where the system does not know it, nothing happens: limits and namespaces stay what they are.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446  # system calls, the same on every machine
ASK_VERSION, BENEATH = 1, 1
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
FILES = {1: 13, 2: 14, 3: 15, 5: 16}  # by version: how many kinds of access to files it knows
TCP = 1 << 0 | 1 << 1  # listen and connect, from version 4 on
OTHERS = 1 << 0 | 1 << 1  # abstract sockets and signals to programs outside, from version 6 on
PR_SET_NO_NEW_PRIVS = 38


def version() -> int:
    """0 where there is none."""
    try:
        return max(0, int(_call(CREATE, None, ctypes.c_size_t(0), ASK_VERSION)))
    except (OSError, AttributeError):  # not Linux
        return 0


def read_only(places: Iterable[Path]) -> bool:
    """From now on these files and folders can be read, and that is all; whether it came to that."""
    known = version()
    if not known or ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    rules = _rules(known)
    ruleset = _call(CREATE, rules, ctypes.c_size_t(len(rules)), 0)
    if ruleset < 0:
        return False
    try:
        for place in places:
            with suppress(FileNotFoundError):
                _allow(ruleset, place)
        return bool(_call(RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _rules(known: int) -> bytes:
    """What is given up, in as many words as this version reads."""
    kinds = max(count for since, count in FILES.items() if since <= known)
    words = [(1 << kinds) - 1, *([TCP] if known >= 4 else []), *([OTHERS] if known >= 6 else [])]
    return struct.pack(f"={len(words)}Q", *words)


def _allow(ruleset: int, place: Path) -> None:
    may = READ_FILE | READ_FOLDER if place.is_dir() else READ_FILE
    opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        _call(ADD, ruleset, BENEATH, struct.pack("=Qi", may, opened), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None).syscall(number, *arguments))
