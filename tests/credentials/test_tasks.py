"""Pages are drawn ahead of the first reader, a few at a time, by one worker each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from attesta.credentials import actions, tasks
from attesta.credentials.contents import Contents
from attesta.credentials.models import Credential, Page, Version
from attesta.vault.models import DataKey
from tests.harness.pdfs import PdfMaker


def drawn() -> list[int]:
    return list(Page.objects.order_by("number").values_list("number", flat=True))


def test_pending_pages_are_drawn_once(diploma: Credential) -> None:
    assert tasks.render_pending() == 2
    assert drawn() == [1, 2]
    assert Version.objects.get().render_due_at is None
    assert tasks.render_pending() == 0


def test_a_limit_leaves_the_rest_for_the_next_round(diploma: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=diploma, pdf=pdf(pages=9), reason="Correction")
    Version.objects.filter(number=1).update(render_due_at=None)
    assert [tasks.render_pending(limit=4) for _ in range(4)] == [4, 4, 1, 0]
    assert drawn() == list(range(1, 10))


def test_what_a_reader_drew_is_not_drawn_again(diploma: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=diploma, pdf=pdf(pages=7), reason="Correction")
    Version.objects.filter(number=1).update(render_due_at=None)
    version = Version.objects.select_related("credential", "data_key").get(number=2)
    Contents(version).draw([1, 3, 7])
    assert tasks.render_pending() == 4
    assert drawn() == list(range(1, 8))


def test_a_version_that_another_worker_holds_is_left_alone(diploma: Credential) -> None:
    now = timezone.now()
    version = Version.objects.to_render(now).get()
    assert tasks._take(version, now)
    assert not tasks._take(version, now)
    assert tasks.render_pending(now=now) == 0
    assert tasks.render_pending(now=now + tasks.LEASE) == 2


def test_what_cannot_be_drawn_is_tried_a_few_times_with_rests(
    diploma: Credential, caplog: pytest.LogCaptureFixture
) -> None:
    Version.objects.update(render_attempts=0)
    DataKey.objects.update(wrapped=b"\0" * 60)
    now = timezone.now()
    tries = 0
    while Version.objects.get().render_due_at and tries < 20:
        before = Version.objects.get().render_attempts
        tasks.render_pending(now=now)
        tries += Version.objects.get().render_attempts != before
        now += timedelta(minutes=1)
    assert tries == tasks.MAX_ATTEMPTS
    assert drawn() == []
    assert len([record for record in caplog.records if "cannot be drawn" in record.message]) == tasks.MAX_ATTEMPTS
