"""A batch that is split into several is still one: what a person hands in within a day counts together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials.batches import actions, alone, checking
from attesta.credentials.batches.findings import Code
from attesta.credentials.batches.rules import Form
from attesta.credentials.models import Batch, BatchState, Problem
from attesta.organizations.models import Organization
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn


def before(institution: Organization, by: Person | None, state: BatchState, **fields: object) -> Batch:
    """A batch of ten documents that was handed in an hour ago."""
    values: dict[str, object] = {"row_count": 10, "created_at": timezone.now() - timedelta(hours=1)}
    shared = {"issuer": institution, "form": "zip", "file_name": "x", "sha256": "x", "size": 1, "created_label": "x"}
    return Batch.objects.create(**shared, **(values | {"created_by": by, "state": state} | fields))


def test_trust_23_two_halves_of_a_batch_need_a_second_person_as_the_whole_does(
    hand_in: HandIn, institution: Organization
) -> None:
    Organization.objects.filter(pk=institution.pk).update(approval_above=2)
    first, second = hand_in(files.pdfs(2)), hand_in(files.pdfs(2, first=3))
    assert (first.state, first.alone_before) == (BatchState.READY, 0)
    assert (second.state, second.alone_before) == (BatchState.WAITING, 2)


@pytest.mark.parametrize("state", list(BatchState))
def test_what_counts_is_what_one_person_issues(institution: Organization, registrar: Person, state: BatchState) -> None:
    before(institution, registrar, state, issued_count=3)
    waits = {BatchState.CHECKING, BatchState.REFUSED, BatchState.WAITING}
    expected = 0 if state in waits else 3 if state is BatchState.CANCELLED else 10
    assert alone.documents(institution, registrar, at=timezone.now()) == expected


def test_what_failed_or_was_there_before_does_not_count(institution: Organization, registrar: Person) -> None:
    batch = before(institution, registrar, BatchState.DONE, failed_count=2)
    for code in (Code.ALREADY_ISSUED, Code.ALREADY_ISSUED, Code.CLEANED):
        Problem.objects.create(batch=batch, code=code)
    assert alone.documents(institution, registrar, at=timezone.now()) == 6


def test_what_another_did_or_approved_or_was_long_ago_does_not_count(
    institution: Organization, other_institution: Organization, registrar: Person, director: Person
) -> None:
    now = timezone.now()
    before(institution, director, BatchState.DONE)
    before(institution, None, BatchState.DONE)
    before(other_institution, registrar, BatchState.DONE)
    before(institution, registrar, BatchState.DONE, approved_by=director, approved_at=now)
    before(institution, registrar, BatchState.DONE, created_at=now - timedelta(hours=24, minutes=1))
    assert alone.documents(institution, registrar, at=now) == 0
    assert alone.documents(institution, None, at=now) == 10


def test_a_threshold_that_was_lowered_meanwhile_counts(institution: Organization, registrar: Person) -> None:
    batch = actions.hand_in(issuer=institution, form=Form.ZIP, file=files.pdfs(2), file_name="x", by=registrar)
    Organization.objects.filter(pk=institution.pk).update(approval_above=1)
    assert checking.check(batch).state == BatchState.WAITING
