"""Files stay small enough to be read at once. A budget is raised only by a decision (docs/adr/)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house import source

PYTHON_FILE = 400
FUNCTION = 40
TEMPLATE = 150
TEST_FILE = 500
STYLESHEET = 600
SETTINGS = 350


def too_long(paths: list[Path], limit: int) -> list[str]:
    lengths = [(len(path.read_text().splitlines()), path) for path in paths]
    return [f"{path.relative_to(source.ROOT)}: {length} > {limit}" for length, path in lengths if length > limit]


def test_python_files() -> None:
    assert too_long(source.modules("attesta", "demo", "bench"), PYTHON_FILE) == []


def test_test_files() -> None:
    assert too_long(source.modules("tests"), TEST_FILE) == []


def test_settings() -> None:
    assert too_long([source.PRODUCT / "config" / "settings.py"], SETTINGS) == []


def test_templates() -> None:
    assert too_long(source.templates(), TEMPLATE) == []


def test_stylesheets() -> None:
    assert too_long(sorted(source.PRODUCT.rglob("static/**/*.css")), STYLESHEET) == []


def test_functions() -> None:
    long = [
        f"{source.where(path, node.lineno)} {node.name}: {length} > {FUNCTION}"
        for path in source.modules()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
    ]
    assert long == []
