"""A batch from its file to its documents."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.config.worker import Job, Worker
from attesta.credentials import actions as credential_actions
from attesta.credentials import contents
from attesta.credentials.batches import actions, checking, issuing, opening, querysets, tasks
from attesta.credentials.batches.documents import Document
from attesta.credentials.batches.findings import Code
from attesta.credentials.models import Batch, BatchState, Credential, Row, RowState, Source, Template, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from attesta.vault import blobs
from attesta.vault.models import DataKey
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn
from tests.harness.pdfs import make_pdf


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
    held = [contents.of_credential(credential.pk) for credential in issued]
    assert [each.original()[:5] for each in held if each] == [b"%PDF-"] * 3
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
    batch = finished(three_pdfs)
    assert (batch.blob, batch.data_key_id) == ("", None)
    assert set(DataKey.objects.all()) == {version.data_key for version in Version.objects.all()}


def test_a_worker_that_died_leaves_its_row_to_the_next(three_pdfs: Batch) -> None:
    actions.start(batch=three_pdfs, by=None)
    later = timezone.now() + timedelta(seconds=10)
    Row.objects.filter(batch=three_pdfs, number=1).update(state=RowState.TAKEN, taken_until=later)
    assert tasks.work() == 2
    assert tasks.work() == 0
    assert tasks.work(now=later + timedelta(seconds=1)) == 1
    three_pdfs.refresh_from_db()
    assert three_pdfs.state == BatchState.DONE


def test_learners_are_told_unless_quiet(hand_in: HandIn) -> None:
    finished(hand_in(files.pdfs(1), quiet=True))
    assert Letter.objects.count() == 0
    finished(hand_in(files.packed({"1.pdf": make_pdf(), "index.csv": files.table([files.index_row(7, file="1.pdf")])})))
    assert Letter.objects.values_list("kind", flat=True).get() == "credentials.issued"


def test_a_batch_waits_for_its_day_of_release(institution: Organization, registrar: Person, zoe: Person) -> None:
    release = timezone.now() + timedelta(days=3)
    batch = actions.hand_in(
        issuer=institution, form="zip", file=files.pdfs(1), file_name="x", release_at=release, by=registrar
    )
    finished(checking.check(batch))
    credential = Credential.objects.get()
    assert (credential.release_due_at, credential.learner, Letter.objects.count()) == (release, None, 0)


def test_a_row_that_fails_stops_no_other(hand_in: HandIn, institution: Organization) -> None:
    batch = hand_in(files.pdfs(3))
    issue(institution, "D-2")
    done = finished(batch)
    assert (done.state, done.issued_count, done.failed_count) == (BatchState.DONE, 2, 1)
    assert [(row.place, row.state, row.problem) for row in done.rows.all()] == [
        ("2", RowState.ISSUED, ""),
        ("3", RowState.FAILED, Refusal.NUMBER_TAKEN),
        ("4", RowState.ISSUED, ""),
    ]
    assert [row.place for row in querysets.failed(done)] == ["3"]


def test_a_row_that_kills_its_workers_is_given_up(three_pdfs: Batch) -> None:
    Row.objects.filter(batch=three_pdfs, number=1).update(attempts=tasks.MOST_ATTEMPTS)
    batch = finished(three_pdfs)
    assert (batch.state, batch.rows.get(number=1).problem) == (BatchState.DONE, Code.INTERRUPTED)


def test_an_unexpected_error_fails_its_row_and_tells_no_secret(
    three_pdfs: Batch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(document: Document, batch: Batch) -> Credential:
        raise ZeroDivisionError("zoe@example.org")

    monkeypatch.setattr(issuing, "issue", breaks)
    caplog.set_level(logging.ERROR, logger="attesta")
    assert finished(three_pdfs).failed_count == 3
    assert set(three_pdfs.rows.values_list("problem", flat=True)) == {Code.UNEXPECTED}
    assert f"Row 1 of batch {three_pdfs.pk} failed: ZeroDivisionError at test_tasks.py" in caplog.text
    assert "zoe@example.org" not in caplog.text


@pytest.mark.parametrize("problem", [refused(Refusal.CANNOT_SEAL), OSError(28, "No space left on device")])
def test_an_outage_stops_the_batch_and_fails_no_row(
    three_pdfs: Batch, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def breaks(document: Document, batch: Batch) -> Credential:
        raise problem

    actions.start(batch=three_pdfs, by=None)
    with monkeypatch.context() as outage:
        outage.setattr(issuing, "issue", breaks)
        assert tasks.work() == 0
    assert set(three_pdfs.rows.values_list("state", "attempts")) == {(RowState.WAITING, 0)}
    assert tasks.work() == 0, "it rests first"
    monkeypatch.setattr(tasks, "_resting", {})
    assert tasks.work() == 3


def test_a_batch_whose_file_was_altered_is_paused(three_pdfs: Batch, vault_folder: Path) -> None:
    actions.start(batch=three_pdfs, by=None)
    opening.close_all()
    (vault_folder / blobs.place(three_pdfs.blob)).write_bytes(b"ATV1" + b"\0" * 100)
    tasks.work()
    three_pdfs.refresh_from_db()
    assert (three_pdfs.state, Credential.objects.count()) == (BatchState.PAUSED, 0)


def test_pausing_stops_between_two_rows(three_pdfs: Batch, registrar: Person) -> None:
    actions.start(batch=three_pdfs, by=registrar)
    assert tasks.work(limit=1) == 1
    actions.pause(batch=three_pdfs, by=registrar)
    assert tasks.work() == 0
    actions.resume(batch=three_pdfs, by=registrar)
    assert tasks.work() == 2
    three_pdfs.refresh_from_db()
    assert (three_pdfs.state, querysets.progress(three_pdfs).percent) == (BatchState.DONE, 100)


def test_a_stopping_worker_takes_nothing_more(three_pdfs: Batch) -> None:
    actions.start(batch=three_pdfs, by=None)
    assert tasks.work(stop=lambda: True) == 0
    assert set(three_pdfs.rows.values_list("state", flat=True)) == {RowState.WAITING}


@pytest.fixture
def in_slices(institution: Organization, registrar: Person, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Three PDFs handed in, of which a worker reads one before it looks at its other jobs."""
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    return actions.hand_in(issuer=institution, form="zip", file=files.pdfs(3), file_name="x", by=registrar)


def test_the_worker_checks_in_slices_what_was_handed_in(in_slices: Batch) -> None:
    for done in (1, 1, 1, 1):
        in_slices.refresh_from_db()
        assert in_slices.state == BatchState.CHECKING
        assert tasks.work() == done
    in_slices.refresh_from_db()
    assert (in_slices.state, tasks.work()) == (BatchState.READY, 0)


def test_a_dry_run_is_kept_while_its_worker_is_at_slow_letters(in_slices: Batch) -> None:
    """Twenty letters at fifteen seconds each; another worker comes by meanwhile."""
    now = timezone.now()
    for _round in range(3):
        assert tasks.work(now=now) == 1
        for _beat in range(10):
            now += timedelta(seconds=30)
            assert checking.take(in_slices, now) is None
            tasks.stay(now)
    tasks.work(now=now)
    in_slices.refresh_from_db()
    assert (in_slices.state, in_slices.row_count) == (BatchState.READY, 3)


def test_a_dry_run_whose_worker_was_killed_at_rest_is_taken_over_within_a_minute(in_slices: Batch) -> None:
    now = timezone.now()
    assert tasks.work(now=now) == 1
    [(killed, _steps)] = tasks._checking.values()
    tasks._checking.clear()  # with its memory
    assert checking.take(in_slices, now + timedelta(seconds=55)) is None
    alive = checking.take(in_slices, now + timedelta(seconds=65))
    assert alive
    killed.stay(now + timedelta(seconds=66))
    assert not killed.go_on(now + timedelta(seconds=67))
    assert len(list(alive.steps())) == 3
    assert Batch.objects.get().state == BatchState.READY


def test_a_worker_that_is_stuck_keeps_no_dry_run(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form="zip", file=files.pdfs(3), file_name="x", by=registrar)
    now = timezone.now()
    stuck = checking.take(batch, now)
    assert stuck and stuck.rest(now)
    for second in range(0, 1200, 30):
        stuck.stay(now + timedelta(seconds=second))
    assert checking.take(batch, now + checking.BETWEEN)


def test_reading_keeps_its_own_lease(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form="zip", file=files.pdfs(1), file_name="x", by=registrar)
    mine = checking.take(batch, timezone.now())
    assert mine
    before = Batch.objects.get().taken_until
    mine.stay(timezone.now() + timedelta(seconds=1))
    assert Batch.objects.get().taken_until == before


def test_a_worker_that_ends_leaves_its_dry_run_to_the_next_at_once(
    institution: Organization, registrar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    batch = actions.hand_in(issuer=institution, form="zip", file=files.pdfs(3), file_name="x", by=registrar)
    busy = Worker([Job("batches", lambda now, stop: tasks.work(now=now))])
    assert busy.round() == 1
    assert checking.take(batch, timezone.now()) is None
    busy.stop()
    busy.run()
    assert checking.check(batch).state == BatchState.READY


def test_two_batches_share_a_round(hand_in: HandIn, diploma_template: Template) -> None:
    first, second = (
        hand_in(files.pdfs(3)),
        hand_in(files.table([files.diploma_row(n) for n in (8, 9)]).encode(), template=diploma_template),
    )
    for batch in (first, second):
        actions.start(batch=batch, by=None)
    assert tasks.work(limit=2) == 2
    for batch in (first, second):
        batch.refresh_from_db()
    assert (first.issued_count, second.issued_count) == (1, 1)


def test_nothing_plain_stays_in_a_worker_without_work(three_pdfs: Batch) -> None:
    finished(three_pdfs)
    assert opening._kept == {}


def issue(institution: Organization, number: str) -> Credential:
    return credential_actions.issue(
        issuer=institution,
        learner_email="alex@example.org",
        title_fr="Diplôme",
        title_en="Degree",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(),
        number=number,
    )
