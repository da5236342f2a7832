"""A request walks downstairs and never back up: not by import, not by foreign key, not by string."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import Field

from tests.house import source

DOTTED = re.compile(r"attesta\.([a-z]+)\b")
LABEL = re.compile(r"([a-z]+)\.[A-Z]\w+")
DOOR = re.compile(r"(learner|recipient|receiver|issuer|verifier|api|web):[\w-]+")


def upstairs(room: str, target: str) -> bool:
    """Is ``target`` another room that ``room`` may not know of?"""
    heights = source.floors()
    return target != room and target in heights and heights[target] >= heights[room]


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=source.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_contracts_have_no_exceptions() -> None:
    text = (source.ROOT / "pyproject.toml").read_text()
    assert "ignore_imports" not in text
    assert "unmatched_ignore" not in text


def test_every_room_has_a_floor() -> None:
    rooms = {path.parent.name for path in source.PRODUCT.glob("*/__init__.py")}
    assert set(source.floors()) == rooms


def test_product_knows_nothing_of_what_stands_around_it() -> None:
    strays = [
        f"{source.where(path, node.lineno)} imports {node.module}"
        for path in source.modules("attesta")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.split(".")[0] in {"demo", "tests", "bench"}
    ]
    assert strays == []


def test_imports_for_types_alone_stay_in_their_room() -> None:
    """The import contracts do not see what stands under TYPE_CHECKING."""
    strays = [
        f"{source.where(path, node.lineno)} imports {node.module}"
        for path in source.modules("attesta")
        for block in ast.walk(source.tree(path))
        if isinstance(block, ast.If) and ast.unparse(block.test).endswith("TYPE_CHECKING")
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom) and node.module
        if (found := DOTTED.match(node.module)) and upstairs(source.room(path), found[1])
    ]
    assert strays == []


def test_foreign_keys_point_downstairs() -> None:
    """Also to the room itself; ``activity`` has none at all."""
    strays = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("attesta.")
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.is_relation and not isinstance(field.related_model, str | None)
        if field.related_model.__module__.startswith("attesta.")
        if upstairs(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert strays == []


def test_no_string_names_a_room_upstairs() -> None:
    """Task paths, dotted settings, model labels: a string is an import that nobody checks."""
    strays = [
        f"{source.where(path, line)} names {text!r}"
        for path in source.modules("attesta")
        for line, text in source.strings(path)
        if (found := DOTTED.match(text) or LABEL.fullmatch(text)) and upstairs(source.room(path), found[1])
    ]
    assert strays == []


def test_below_the_hall_only_links_name_an_address() -> None:
    below = {room for room, height in source.floors().items() if height < source.floors()["web"]}
    strays = [
        f"{source.where(path, line)} names {text!r}"
        for path in source.modules("attesta")
        if source.room(path) in below and path.name != "links.py"
        for line, text in source.strings(path)
        if DOOR.fullmatch(text)
    ]
    assert strays == []
