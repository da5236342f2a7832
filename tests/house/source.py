"""The source as the house tests read it: rooms, floors, modules, strings."""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "attesta"
HOMES = [home for home in ("attesta", "demo", "tests", "bench") if (ROOT / home).is_dir()]


def floors() -> dict[str, int]:
    """Room → height, from the import contract; rooms of one floor share a number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return {
        room.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
        if (PRODUCT / room.strip(" ()")).is_dir()
    }


def modules(*homes: str) -> list[Path]:
    """Python files, migrations left out."""
    return [
        path
        for home in homes or HOMES
        for path in sorted((ROOT / home).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    return [path for home in ("attesta", "demo") for path in sorted((ROOT / home).glob("**/templates/**/*.*"))]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def room(path: Path) -> str:
    """The room that a file of the product belongs to."""
    return path.relative_to(PRODUCT).parts[0]


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string constant that is not a docstring."""
    docstrings = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
