"""Texts that have no element of their own, in ``NoteMessage`` lines of 80 characters.

PESC has one title where we have two languages. ``[en] Introduction to…`` says a text in English; ``[en+]`` goes on
after a space, ``[en-]`` within a word. Lines without such a mark are the sender's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attesta.credentials.pesc.names import LENGTHS

MARK = re.compile(r"\[([a-z]+)([+-]?)\] ?(.*)", re.DOTALL)
JOINED = {"+": " ", "-": ""}


def written(name: str, text: str) -> list[str]:
    """The lines of a text."""
    room = LENGTHS["NoteMessage"] - len(f"[{name}+] ")
    lines: list[str] = []
    mark = ""
    while text:
        piece, mark_next, text = _cut(text, room)
        lines.append(f"[{name}{mark}] {piece}")
        mark = mark_next
    return lines


def read(lines: Iterable[str]) -> tuple[dict[str, str], str]:
    """Marked texts by name, and the sender's own lines, joined."""
    marked: dict[str, str] = {}
    own: list[str] = []
    for line in lines:
        found = MARK.fullmatch(line)
        if not found:
            own.append(line)
        elif found[2]:
            marked[found[1]] = marked.get(found[1], "") + JOINED[found[2]] + found[3]
        else:
            marked[found[1]] = found[3]
    return marked, " ".join(own)


def _cut(text: str, room: int) -> tuple[str, str, str]:
    """A piece, the mark of what follows it, and what follows it."""
    if len(text) <= room:
        return text, "", ""
    space = text.rfind(" ", 0, room + 1)
    if space > 0:
        return text[:space], "+", text[space + 1 :]
    return text[:room], "-", text[room:]
