"""A batch from its file to its documents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import contents
from attesta.credentials.batches import actions, querysets, tasks
from attesta.credentials.models import Batch, BatchState, Credential, Row, RowState, Source, Template
from attesta.vault.models import DataKey
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn


def finished(batch: Batch, by: Person | None = None) -> Batch:
    actions.start(batch=batch, by=by or batch.created_by)
    while tasks.work():
        pass
    batch.refresh_from_db()
    return batch


def test_a_zip_of_pdfs_becomes_documents(three_pdfs: Batch, registrar: Person) -> None:
    assert (three_pdfs.state, three_pdfs.row_count, three_pdfs.problem_count) == (BatchState.READY, 3, 0)
    batch = finished(three_pdfs, registrar)
    assert (batch.state, batch.issued_count, batch.failed_count) == (BatchState.DONE, 3, 0)
    issued = Credential.objects.order_by("number")
    assert [credential.number for credential in issued] == ["D-1", "D-2", "D-3"]
    assert [contents.of_credential(c.pk).original()[:5] for c in issued] == [b"%PDF-"] * 3
    assert list(Line.objects.filter(verb__startswith="batch").values_list("verb", "actor_label")) == [
        ("batch-handed-in", "Rémi Registraire"),
        ("batch-started", "Rémi Registraire"),
        ("batch-done", "Université du Fleuve"),
    ]


def test_rows_of_fields_become_diplomas(hand_in: HandIn, diploma_template: Template) -> None:
    batch = hand_in(files.diplomas(2), template=diploma_template)
    assert list(querysets.problems(batch)) == []
    assert finished(batch).issued_count == 2
    assert {c.versions.get().source for c in Credential.objects.all()} == {Source.FIELDS}


def test_lines_with_one_number_become_one_transcript(hand_in: HandIn, transcript_template: Template) -> None:
    batch = hand_in(files.transcripts(2, courses=5), template=transcript_template)
    assert list(querysets.problems(batch)) == []
    assert [row.place for row in batch.rows.all()] == ["2", "7"]
    assert finished(batch).issued_count == 2


def test_the_file_is_erased_at_the_end(three_pdfs: Batch) -> None:
    key = three_pdfs.data_key_id
    batch = finished(three_pdfs)
    assert (batch.blob, batch.data_key_id) == ("", None)
    assert not DataKey.objects.filter(pk=key).exists()


def test_a_worker_that_died_leaves_its_row_to_the_next(three_pdfs: Batch) -> None:
    actions.start(batch=three_pdfs, by=None)
    later = timezone.now() + timedelta(seconds=10)
    Row.objects.filter(batch=three_pdfs, number=1).update(state=RowState.TAKEN, taken_until=later)
    assert tasks.work() == 2
    assert tasks.work() == 0
    assert tasks.work(now=later + timedelta(seconds=1)) == 1
    three_pdfs.refresh_from_db()
    assert three_pdfs.state == BatchState.DONE


@pytest.mark.parametrize("quiet", [True, False])
def test_learners_are_told_unless_quiet(hand_in: HandIn, quiet: bool) -> None:
    finished(hand_in(files.pdfs(1), quiet=quiet))
    assert Credential.objects.get().quiet is quiet
