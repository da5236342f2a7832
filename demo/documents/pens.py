"""Signatures of invented hands, as SVG. Lengths are points; y points down."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from attesta.credentials.composing.ornament import Point, svg

Stroke = tuple[Point, ...]

# Pen strokes from the base line, in the order a hand makes them.
CAPITALS: tuple[Stroke, ...] = (
    ((2, -4), (-2, -16), (8, -27), (13, -18), (5, -2), (-3, 3), (-4, -2), (6, -7), (14, -12), (16, -3), (19, -1)),
    (
        (0, -20),
        (6, -27),
        (10, -22),
        (7, -6),
        (3, 2),
        (-2, 0),
        (4, -10),
        (14, -26),
        (20, -24),
        (13, -8),
        (14, 0),
        (19, -2),
    ),
    ((12, -22), (6, -27), (0, -20), (6, -13), (11, -7), (6, 2), (-3, 1), (-2, -5), (9, -6), (17, -3)),
    ((-2, -18), (8, -25), (18, -27), (12, -22), (7, -4), (3, 3), (-3, 1), (1, -4), (11, -9), (15, -3), (19, -1)),
)
LETTERS: tuple[Stroke, ...] = (
    ((1, -1), (3, -7), (4, -1), (6, -1)),
    ((1, -1), (8, -17), (7, -23), (3.5, -16), (4, -2), (7, -1)),
    ((1, -2), (2.5, -6.5), (4.5, -6), (4.5, -1), (6, -5), (7.5, -6), (8, -1)),
    ((2, -6), (5, -7), (2, -3), (4, 0), (7, -2)),
    ((4, -6), (1, -4), (3, 0), (5.5, -6), (5, 8), (1, 13), (0, 8), (8, -1)),
    ((1, -1), (3, -5), (6, -4), (10, -3)),
)
FLOURISHES: tuple[Stroke, ...] = (
    ((6, -4), (20, -7), (34, -10), (28, -2), (-8, 6), (-46, 10), (-20, 12), (18, 7)),
    ((8, -2), (18, -8), (14, -13), (8, -4), (22, 1), (44, -6)),
    ((4, -3), (12, -12), (24, -8), (10, 6), (-30, 11), (-52, 9)),
)


def signature(name: str, *, colour: str, width: float = 150, height: float = 46) -> str:
    """A hand of its own for each name: a tall capital, quick letters, a flourish that runs back under them."""
    dice = Random(name)
    letters = [dice.choice(LETTERS) for _ in range(dice.randint(4, 6))]
    letters.insert(dice.randint(1, 3), LETTERS[1])
    trail: list[Point] = []
    pen = 0.0
    for shape in [dice.choice(CAPITALS), *letters, dice.choice(FLOURISHES)]:
        size = dice.uniform(0.85, 1.15)
        trail += [(pen + x * size, y * size) for x, y in shape]
        pen += max(shape[-1][0], 3) * size + dice.uniform(0, 1.5)
    lean = dice.uniform(0.25, 0.5)
    slanted = [(x - lean * y, y) for x, y in trail]
    (left, right), (top, bottom) = [(min(values), max(values)) for values in zip(*slanted, strict=True)]
    scale = min((width - 8) / (right - left), (height - 6) / (bottom - top))
    placed = [((x - left) * scale + 4, (y - bottom) * scale + height - 3) for x, y in slanted]
    return svg(width, height, [(through(placed), colour, 1.05)])


def through(points: Sequence[Point]) -> str:
    """Cubic Béziers through the points (Catmull-Rom tangents)."""

    def at(i: int) -> Point:
        return points[min(max(i, 0), len(points) - 1)]

    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        parts.append(
            f"C{x1 + (x2 - x0) / 6:.2f} {y1 + (y2 - y0) / 6:.2f}"
            f" {x2 - (x3 - x1) / 6:.2f} {y2 - (y3 - y1) / 6:.2f} {x2:.2f} {y2:.2f}"
        )
    return "".join(parts)
