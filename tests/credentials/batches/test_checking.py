"""The dry run names every problem, and one problem is enough for nothing to happen."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials import actions as credential_actions
from attesta.credentials.batches import actions, checking, examining, opening, querysets, tasks
from attesta.credentials.batches.findings import Code
from attesta.credentials.batches.rules import Form, Refusal
from attesta.credentials.models import Batch, BatchState, Credential, Template
from attesta.credentials.rules import Refused
from attesta.organizations.models import Organization
from attesta.vault.models import DataKey
from tests.credentials.batches import broken, files
from tests.credentials.batches.conftest import HandIn
from tests.credentials.conftest import everything
from tests.harness.pdfs import make_pdf

TODAY = date(2026, 6, 12)


def told(batch: Batch) -> list[tuple[str, str, str, str]]:
    return list(querysets.problems(batch).values_list("place", "column", "code", "value"))


def codes(batch: Batch) -> list[tuple[str, str, str]]:
    return [found[:3] for found in told(batch)]


def issued(institution: Organization, number: str) -> Credential:
    return credential_actions.issue(
        issuer=institution,
        learner_email="alex@example.org",
        title_fr="Diplôme",
        title_en="Degree",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(),
        number=number,
    )


@pytest.fixture
def numbers_in_use(institution: Organization) -> None:
    issued(institution, broken.TAKEN)
    credential_actions.revoke(credential=issued(institution, broken.REVOKED), reason="Erreur", shown=False)


def test_forty_kinds_of_problems_are_each_named_and_change_nothing(
    hand_in: HandIn, numbers_in_use: None, vault_folder: Path
) -> None:
    file, expected = broken.batch()
    before = Credential.objects.count()
    batch = hand_in(file)
    assert told(batch) == expected
    assert len({code for _, _, code, _ in expected}) >= 40
    assert (batch.state, batch.problem_count) == (BatchState.REFUSED, len(expected))
    while tasks.work():
        pass
    assert Credential.objects.count() == before
    with pytest.raises(Refused) as refusal:
        actions.start(batch=batch, by=batch.created_by)
    assert refusal.value.code == Refusal.HAS_PROBLEMS


def test_a_dry_run_of_the_file_alone_changes_nothing(
    institution: Organization, numbers_in_use: None, vault_folder: Path
) -> None:
    file, expected = broken.batch()
    before = everything(vault_folder)
    examination = examining.Examination(opening.read(file, Form.ZIP, None, today=TODAY), institution, None)
    assert list(examination.steps())[-1] == len(examination.reading.entries)
    assert [tuple(found) for found in examination.findings] == expected
    assert everything(vault_folder) == before


def test_a_refused_batch_keeps_its_problems_and_not_its_file(hand_in: HandIn) -> None:
    batch = hand_in(files.packed({"1.pdf": make_pdf()}))
    assert (codes(batch), batch.state, batch.blob, DataKey.objects.count()) == (
        [("", "", Code.INDEX_MISSING)],
        BatchState.REFUSED,
        "",
        0,
    )


def test_a_column_that_is_missing_is_told_once(hand_in: HandIn, diploma_template: Template) -> None:
    rows = [{**files.diploma_row(n)} for n in range(1, 4)]
    for row in rows:
        del row["learner_email"], row["degree_en"]
    batch = hand_in(files.table(rows).encode(), template=diploma_template)
    assert codes(batch) == [("1", "learner_email", Code.COLUMN_MISSING), ("1", "degree_en", Code.COLUMN_MISSING)]


def test_course_columns_that_are_missing_are_told_once(hand_in: HandIn, transcript_template: Template) -> None:
    rows = files.transcript_rows(1)
    for row in rows:
        del row["grade"]
    assert codes(hand_in(files.table(rows).encode(), template=transcript_template)) == [
        ("1", "grade", Code.COLUMN_MISSING)
    ]


def test_problems_of_fields_name_line_and_column(hand_in: HandIn, transcript_template: Template) -> None:
    rows = files.transcript_rows(1, courses=3)
    rows[1] |= {"grade": "", "course_credits": "trois", "birth_date": "2001-02-03"}
    rows[2] |= {"term": "Automne", "learner_email": "alex@example.org", "course_title_fr": "=A1"}
    rows += files.transcript_rows(
        2, courses=1, learner_name="Zoé 𝔷", birth_date="03/04/2001", average="5", average_top="4"
    )
    assert sorted(codes(hand_in(files.table(rows).encode(), template=transcript_template))) == [
        ("3", "birth_date", "differs"),
        ("3", "course_credits", "number-invalid"),
        ("3", "grade", "missing"),
        ("4", "course_title_fr", Code.FORMULA),
        ("4", "learner_email", Code.DIFFERS),
        ("4", "term", "term-invalid"),
        ("5", "average", "above-top"),
        ("5", "birth_date", Code.DATE_AMBIGUOUS),
    ]


def test_problems_are_told_in_the_order_of_the_file(hand_in: HandIn, transcript_template: Template) -> None:
    """Those of the table itself among the others, and those of two documents whose lines alternate."""
    one, two = files.transcript_rows(1, courses=2), files.transcript_rows(2, courses=2)
    lines = files.table([one[0], two[0] | {"grade": ""}, one[1] | {"grade": ""}, two[1]]).splitlines()
    lines[-1] += ",,one value too many"
    batch = hand_in("\n".join(lines).encode(), template=transcript_template)
    assert codes(batch) == [("3", "grade", "missing"), ("4", "grade", "missing"), ("5", "", Code.TOO_MANY_CELLS)]


def test_characters_that_no_typeface_has_are_told(hand_in: HandIn, diploma_template: Template) -> None:
    rows = [files.diploma_row(1, learner_name="Zoé \U0001f98a"), files.diploma_row(2, learner_name="Nguyễn Thị Ánh")]
    assert told(hand_in(files.table(rows).encode(), template=diploma_template)) == [
        ("2", "learner_name", Code.UNPRINTABLE, "\U0001f98a")
    ]


def test_what_was_issued_before_is_told_and_skipped(hand_in: HandIn) -> None:
    first = hand_in(files.pdfs(2))
    actions.start(batch=first, by=None)
    while tasks.work():
        pass
    second = hand_in(files.pdfs(3))
    assert (second.state, second.row_count, second.issued_count, second.problem_count) == (BatchState.READY, 3, 2, 0)
    assert [(note.place, note.code) for note in second.problems.order_by("id")] == [
        ("2", Code.ALREADY_ISSUED),
        ("3", Code.ALREADY_ISSUED),
    ]
    actions.start(batch=second, by=None)
    while tasks.work():
        pass
    assert Counter(Credential.objects.values_list("number", flat=True)) == {"D-1": 1, "D-2": 1, "D-3": 1}


def test_a_changed_row_under_a_number_in_use_is_a_problem(hand_in: HandIn, diploma_template: Template) -> None:
    first = hand_in(files.diplomas(1), template=diploma_template)
    actions.start(batch=first, by=None)
    while tasks.work():
        pass
    changed = files.table([files.diploma_row(1, degree_fr="Maître ès sciences")]).encode()
    assert codes(hand_in(changed, template=diploma_template)) == [("2", "document_number", Code.NUMBER_TAKEN)]


def test_another_name_for_the_same_file_is_a_problem(hand_in: HandIn) -> None:
    named = files.index_row(1, file="1.pdf", learner_name="Zoé Citoyenne")
    packed = [
        files.packed({"1.pdf": make_pdf(), "index.csv": files.table([row])})
        for row in (named, named | {"learner_name": "Alex Tremblay"})
    ]
    actions.start(batch=hand_in(packed[0]), by=None)
    while tasks.work():
        pass
    assert hand_in(packed[0]).issued_count == 1
    assert codes(hand_in(packed[1])) == [("2", "document_number", Code.NUMBER_TAKEN)]


def test_a_composed_row_handed_in_again_is_skipped(hand_in: HandIn, attestation_template: Template) -> None:
    """Its titles are its own, and its name stands in its fields."""
    titled = {"title_fr": "Attestation de stage", "title_en": "Confirmation of internship"}
    row = {"learner_email": "zoe@example.org", "document_number": "A-1", "issued_on": "2026-06-12"}
    rows = files.table([row | {"learner_name": "Zoé Citoyenne"} | titled]).encode()
    actions.start(batch=hand_in(rows, template=attestation_template), by=None)
    while tasks.work():
        pass
    assert Credential.objects.get().title_en == "Confirmation of internship"
    assert hand_in(rows, template=attestation_template).issued_count == 1


def test_numbers_of_another_institution_are_no_problem(hand_in: HandIn, other_institution: Organization) -> None:
    issued(other_institution, "D-1")
    assert hand_in(files.pdfs(1)).state == BatchState.READY


@pytest.mark.parametrize(("above", "state"), [(3, BatchState.READY), (2, BatchState.WAITING), (0, BatchState.WAITING)])
def test_more_documents_than_the_threshold_wait_for_a_second_person(
    hand_in: HandIn, institution: Organization, above: int, state: BatchState
) -> None:
    institution.approval_above = above
    institution.save()
    assert hand_in(files.pdfs(3)).state == state


def test_two_do_not_check_at_once_and_the_next_takes_over_from_the_dead(
    institution: Organization, registrar: Person
) -> None:
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(2), file_name="lot.zip", by=registrar)
    now = timezone.now()
    dead = checking.take(batch, now)
    assert dead
    assert checking.take(batch, now) is None
    alive = checking.take(batch, now + checking.LEASE + timedelta(seconds=1))
    assert alive
    assert list(alive.steps()) == [(1, 2), (2, 2)]
    list(dead.steps())
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (BatchState.READY, 2)


def test_a_batch_cancelled_while_it_is_checked_stays_cancelled(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(2), file_name="lot.zip", by=registrar)
    mine = checking.take(batch, timezone.now())
    assert mine
    steps = mine.steps()
    next(steps)
    actions.cancel(batch=batch, by=registrar)
    list(steps)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (BatchState.CANCELLED, 0)


def test_a_file_that_kills_whoever_checks_it_is_given_up(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(1), file_name="lot.zip", by=registrar)
    now = timezone.now()
    tries = [checking.take(batch, now + kill * checking.LEASE) for kill in range(checking.MOST_TRIES)]
    last = tries[-1]
    assert last
    list(last.steps())
    assert (codes(batch), Batch.objects.get().state) == ([("", "", Code.INTERRUPTED)], BatchState.REFUSED)


def test_workers_that_come_late_to_a_dry_run_are_no_tries(institution: Organization, registrar: Person) -> None:
    """Slow mail keeps each away for longer than any lease; the file kills nobody."""
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(3), file_name="lot.zip", by=registrar)
    now, version = timezone.now(), batch.version
    for late in range(2 * checking.MOST_TRIES):
        mine = checking.take(batch, now + late * checking.BETWEEN)
        assert mine
        next(mine.steps())
        assert mine.rest(now + late * checking.BETWEEN)
    batch.refresh_from_db()
    assert (batch.tries, batch.version) == (0, version)
    last = checking.take(batch, now + 2 * checking.MOST_TRIES * checking.BETWEEN)
    assert last
    assert len(list(last.steps())) == 3
    assert Batch.objects.get().state == BatchState.READY


def test_whoever_was_slow_and_lost_it_is_no_try(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(2), file_name="lot.zip", by=registrar)
    long_ago = timezone.now() - 2 * checking.LEASE
    slow = checking.take(batch, long_ago)
    assert slow
    assert checking.take(batch, long_ago + checking.LEASE)
    assert (list(slow.steps()), Batch.objects.get().tries) == ([], 1)


@pytest.mark.parametrize("part", ["attesta.credentials.batches.opening.PdfArchive", "attesta.credentials.pdf.inspect"])
def test_an_error_of_ours_refuses_the_batch_rather_than_checking_for_ever(
    hand_in: HandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    def breaks(*args: object, **options: object) -> None:
        raise ZeroDivisionError("zoe@example.org")

    monkeypatch.setattr(part, breaks)
    batch = hand_in(files.pdfs(1))
    assert (batch.state, [code for _, _, code in codes(batch)]) == (BatchState.REFUSED, [Code.UNEXPECTED])
    assert "ZeroDivisionError at test_checking.py" in caplog.text
    assert "zoe@example.org" not in caplog.text
