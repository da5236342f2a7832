"""What the documentation says of columns is what the product reads."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from attesta.credentials.composing import fields
from attesta.credentials.composing.kinds import DocumentKind

pytestmark = pytest.mark.once
FORMATS = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (required)? ?\| (?:`(.*)`)? ?\| (.+) \|$", re.MULTILINE)


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_column_is_documented(kind: DocumentKind) -> None:
    told = {(name, bool(required), example, help_en) for name, required, example, help_en in ROW.findall(FORMATS)}
    for column in fields.columns(kind):
        assert (column.name, column.required, column.example, column.help_en) in told


def test_its_example_is_a_transcript() -> None:
    example = re.search(r"```csv\n([^`]*course_code.+?)```", FORMATS, re.DOTALL)
    assert example
    read = fields.read_rows(DocumentKind.TRANSCRIPT, list(csv.DictReader(example[1].splitlines())))
    assert isinstance(read, fields.Transcript)
    assert [(term.name_en, len(term.courses)) for term in read.terms] == [("Fall 2025", 2), ("Winter 2026", 1)]
