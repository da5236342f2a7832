"""What docs/formats.md shows is taken as it stands."""

from __future__ import annotations

import re

import pytest

from attesta.credentials.batches import querysets
from attesta.credentials.batches.sources import headers, pdfs, rows
from attesta.credentials.models import BatchState, Template
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn
from tests.harness.pdfs import make_pdf
from tests.harness.templates import ROOT

TEXT = (ROOT / "docs" / "formats.md").read_text()
BATCHES = TEXT.partition("## Batches")[2].partition("## Fields")[0]
EXAMPLES = re.findall(r"```csv\n(.*?)```", BATCHES, re.DOTALL)
KNOWN = frozenset({*pdfs.COLUMNS, *rows.BASE})


def test_the_example_of_an_index_is_taken(hand_in: HandIn) -> None:
    names = {"zoe.pdf": make_pdf(text="Zoé"), "alex.pdf": make_pdf(text="Alex")}
    batch = hand_in(files.packed({**names, "index.csv": EXAMPLES[0]}))
    assert (list(querysets.problems(batch)), batch.state, batch.row_count) == ([], BatchState.READY, 2)


def test_the_example_of_a_transcript_is_taken(hand_in: HandIn, transcript_template: Template) -> None:
    """As it stands: with the columns that every document has."""
    [example] = re.findall(r"```csv\n([^`]*course_code.+?)```", TEXT, re.DOTALL)
    batch = hand_in(example.encode(), template=transcript_template)
    assert (list(querysets.problems(batch)), batch.state, batch.row_count) == ([], BatchState.READY, 1)


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+)` \| `(\w+)` \| (required)?", BATCHES, re.MULTILINE))
def test_columns_are_named_as_they_are_read(row: tuple[str, str, str]) -> None:
    english, french, required = row
    assert (headers.known_as(english, KNOWN), headers.known_as(french, KNOWN)) == (english, english)
    assert bool(required) is (english in {*pdfs.REQUIRED, *rows.REQUIRED})


def test_every_column_is_told() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| `", BATCHES, re.MULTILINE)) == KNOWN
