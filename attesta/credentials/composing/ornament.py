"""Fine-line ornament in SVG: frames and rosettes. Lengths are points; y points down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, hypot, pi, sin

Point = tuple[float, float]
Curve = Callable[[float], Point]
"""A path by its parameter, from 0 to 1."""

NEAR = 1e-5  # of a path: where a direction is looked for
CREST = 0.364  # the reach at which one cubic from crest to crest is nearest to a sine


def frame(width: float, height: float, *, colours: Sequence[str], radius: float = 16, depth: float = 4.5) -> str:
    """A braid of waves along a rounded rectangle ``depth`` inside the given size; one strand a colour."""
    outline, length = _rounded(width, height, inset=depth + 1, radius=radius)
    waves = round(length / 22)
    turns = [i / len(colours) for i in range(len(colours))]
    strands = [
        _path(_along(outline, waves, depth, turn=turn), steps=waves * 2, start=(0.25 - turn) / waves, reach=CREST)
        for turn in turns
    ]
    return svg(width, height, [(strand, colour, 0.45) for strand, colour in zip(strands, colours, strict=True)])


def rosette(size: float, *, colour: str, petals: int = 12, rings: int = 7, line: float = 0.35) -> str:
    """Nested petalled loops, each turned a little against the one outside it."""
    middle = size / 2
    strands = []
    for ring in range(rings):
        base = middle * (0.94 - 0.115 * ring)
        for side in (-1, 1):
            strands.append(_path(_petals(middle, base, petals, side, ring), steps=petals * 4))
    return svg(size, size, [(strand, colour, line) for strand in strands])


def _rounded(width: float, height: float, *, inset: float, radius: float) -> tuple[Curve, float]:
    """The outline of a rounded rectangle, clockwise from the end of its top-left corner, and its length."""
    across, down, quarter = width - 2 * (inset + radius), height - 2 * (inset + radius), pi / 2 * radius
    left, top = inset + radius, inset + radius
    sides = [across, down, across, down]
    centres = [(left + across, top), (left + across, top + down), (left, top + down), (left, top)]
    length = sum(sides) + 4 * quarter

    def outline(t: float) -> Point:
        rest = (t % 1) * length
        for i, side in enumerate(sides):
            turn = -pi / 2 + i * pi / 2
            x, y = centres[i]
            if rest <= side:
                back = side - rest
                return x + radius * cos(turn) - back * -sin(turn), y + radius * sin(turn) - back * cos(turn)
            rest -= side
            if rest <= quarter:
                turn += rest / radius
                return x + radius * cos(turn), y + radius * sin(turn)
            rest -= quarter
        return outline(0)

    return outline, length


def _along(outline: Curve, waves: int, depth: float, *, turn: float) -> Curve:
    """``outline`` swung ``waves`` times to either side by ``depth``, begun at ``turn`` of a wave."""

    def swung(t: float) -> Point:
        (x, y), (x2, y2) = outline(t), outline(t + NEAR)
        step = hypot(x2 - x, y2 - y) or 1
        off = depth * sin(2 * pi * (waves * t + turn))
        return x - (y2 - y) / step * off, y + (x2 - x) / step * off

    return swung


def _petals(middle: float, base: float, petals: int, side: int, ring: int) -> Curve:
    def loop(t: float) -> Point:
        angle = 2 * pi * t
        reach = base * (1 - 0.09 + 0.09 * cos(petals * angle + side * pi / 2 + ring * 0.7))
        return middle + reach * cos(angle), middle + reach * sin(angle)

    return loop


def _path(curve: Curve, *, steps: int, start: float = 0, reach: float = 1 / 3) -> str:
    """The closed curve, drawn through ``steps`` of its points from ``start`` on, and along its direction at each.

    ``reach``: how far each direction is followed, as a part of a step.
    """

    def handle(t: float) -> Point:
        (x, y), (x2, y2) = curve(t - NEAR), curve(t + NEAR)
        far = reach / steps / (2 * NEAR)
        return (x2 - x) * far, (y2 - y) * far

    places = [start + i / steps for i in range(steps + 1)]
    points, handles = [curve(t) for t in places], [handle(t) for t in places]
    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for (x1, y1), (dx1, dy1), (x2, y2), (dx2, dy2) in zip(points, handles, points[1:], handles[1:], strict=False):
        parts.append(f"C{x1 + dx1:.2f} {y1 + dy1:.2f} {x2 - dx2:.2f} {y2 - dy2:.2f} {x2:.2f} {y2:.2f}")
    return "".join(parts) + "Z"


def svg(width: float, height: float, strokes: Sequence[tuple[str, str, float]]) -> str:
    body = "".join(f'<path d="{path}" stroke="{colour}" stroke-width="{line}"/>' for path, colour, line in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{body}</g></svg>'
    )
