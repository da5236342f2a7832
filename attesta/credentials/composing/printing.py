"""Which characters no typeface at hand can print. Asked of the compiler itself, each once."""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields as members
from dataclasses import is_dataclass

from attesta.credentials.composing.fonts import FAMILIES, Uncomposable, compiled

# Printable in every style of the first typeface; the rest is asked for.
PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) - {"\xad"} | frozenset("’‘“”«»–—…œŒ−·\n")
MOST_KEPT = 20_000
JOINERS = "\u200c\u200d"

_lock = threading.Lock()
_known: dict[str, bool] = {}


def unprintable(fields: object) -> list[tuple[str, str]]:
    """Field and character (with its accents) for each that would be an empty box. Works for a design too."""
    found = [(place, cluster) for place, text in texts(fields) for cluster in clusters(text) if cluster not in PLAIN]
    printable = _asked({cluster for _, cluster in found})
    return list(dict.fromkeys((place, cluster) for place, cluster in found if not printable[cluster]))


def texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value of fields, with its place: ``terms[0].courses[2].title_fr``."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{place}[{index}]")
    elif is_dataclass(value):
        for member in members(value):
            yield from texts(getattr(value, member.name), f"{place}.{member.name}".lstrip("."))


def clusters(text: str) -> Iterator[str]:
    """Each character with the marks that stand on it."""
    whole = ""
    for character in text:
        if whole and (unicodedata.category(character)[0] == "M" or character in JOINERS or whole[-1] in JOINERS):
            whole += character
        else:
            if whole:
                yield whole
            whole = character
    if whole:
        yield whole


def _asked(wanted: Iterable[str]) -> dict[str, bool]:
    with _lock:
        if len(_known) > MOST_KEPT:
            _known.clear()
        unknown = sorted(set(wanted) - _known.keys())
        _known.update(_tried(unknown))
        return {cluster: _known[cluster] for cluster in wanted}


def _tried(unknown: list[str]) -> dict[str, bool]:
    """All at once; when that fails, half by half."""
    if not unknown:
        return {}
    if _prints(unknown):
        return dict.fromkeys(unknown, True)
    if len(unknown) == 1:
        return {unknown[0]: False}
    middle = len(unknown) // 2
    return _tried(unknown[:middle]) | _tried(unknown[middle:])


def _prints(wanted: list[str]) -> bool:
    inputs = {"wanted": json.dumps(wanted), "fonts": json.dumps(FAMILIES)}
    try:
        compiled("probe.typ", inputs)
    except Uncomposable:
        return False
    return True
