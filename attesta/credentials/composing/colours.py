"""Colours as #rrggbb: how they stand out on paper."""

from __future__ import annotations

READABLE = 4.5  # of text on its ground, as WCAG 2.2 asks


def legible(colour: str) -> str:
    """The colour, darkened as little as white letters on it, or it on white, need to be read."""
    share = 0.0
    while contrast(mixed := _mixed(colour, 0, share)) < READABLE:
        share += 0.02
    return mixed


def pale(colour: str, share: float = 0.84) -> str:
    """The colour mixed with white, ``share`` of it."""
    return _mixed(colour, 255, share)


def contrast(colour: str) -> float:
    """With white, from 1 to 21."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _mixed(colour: str, other: int, share: float) -> str:
    return "#" + "".join(f"{round(part + (other - part) * share):02x}" for part in _parts(colour))


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
