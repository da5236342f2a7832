"""What became of a batch, as a table that no spreadsheet obeys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

import pytest
from django.utils import translation

from attesta.credentials import actions as credential_actions
from attesta.credentials.batches import actions, reports, tasks
from attesta.credentials.models import Batch, Credential
from attesta.organizations.models import Organization
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn
from tests.harness.pdfs import make_pdf


def read(parts: Iterable[str]) -> list[list[str]]:
    text = "".join(parts)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


@pytest.fixture
def done(hand_in: HandIn, institution: Organization) -> Batch:
    """One issued before, one that failed, one issued."""
    first = hand_in(files.pdfs(1))
    actions.start(batch=first, by=None)
    tasks.work()
    batch = hand_in(files.pdfs(3))
    credential_actions.issue(
        issuer=institution,
        learner_email="alex@example.org",
        title_fr="a",
        title_en="b",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(),
        number="D-2",
    )
    actions.start(batch=batch, by=None)
    tasks.work()
    batch.refresh_from_db()
    return batch


def test_each_document_has_its_line(done: Batch) -> None:
    codes = dict(Credential.objects.values_list("number", "code"))
    with translation.override("en"):
        table = read(reports.of_rows(done))
    assert table[0] == ["Place", "Document number", "State", "Problem", "Email address", "Code", "Address"]
    assert [row[:3] for row in table[1:]] == [
        ["2", "D-1", "Already issued before"],
        ["3", "D-2", "Failed"],
        ["4", "D-3", "Issued"],
    ]
    assert table[2][3].startswith("Another document of your institution has this number.")
    assert table[3][4:] == ["zoe@example.org", codes["D-3"], f"http://localhost:8000/verify/{codes['D-3']}"]
    assert reports.issued_before(done) == 1


def test_report_is_in_the_language_of_whoever_asks(done: Batch) -> None:
    with translation.override("fr"):
        table = read(reports.of_rows(done))
    assert [row[2] for row in table] == ["État", "Déjà émis", "Échec", "Émis"]


def test_trust_30_no_cell_of_a_report_is_a_formula(hand_in: HandIn) -> None:
    index = files.table([files.index_row(1, document_number="+1+1", learner_email="@SUM(A1)", title_fr="=A1")])
    batch = hand_in(files.packed({"1.pdf": make_pdf(), "-x.pdf": b"x", "index.csv": index}))
    with translation.override("en"):
        table = read(reports.of_problems(batch))
    assert [row[:3] for row in table[1:]] == [
        ["'-x.pdf", "", ""],
        ["2", "title_fr", "'=A1"],
        ["2", "learner_email", "'@SUM(A1)"],
    ]
    assert read(reports.of_rows(batch))[1][1] == "'+1+1"
