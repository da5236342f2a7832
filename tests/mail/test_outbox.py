"""Letters are queued in the caller's transaction, taken back, and given another try."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from attesta.mail import outbox
from attesta.mail.delivery import deliver_due
from attesta.mail.models import Letter
from tests.mail.post_office import Manner, PostOffice
from tests.mail.scribe import NOON, Scribe, note

pytestmark = pytest.mark.django_db


def test_a_letter_waits_with_a_message_id_of_our_host(settings: Settings) -> None:
    settings.BASE_URL = "https://attesta.example.org:8443"
    letter = note()
    letter.refresh_from_db()
    assert (letter.state, letter.due_at, letter.attempts) == ("queued", NOON, 0)
    assert letter.message_id == f"<{letter.id}@attesta.example.org>"


def test_a_literal_address_is_bracketed_in_the_message_id(settings: Settings) -> None:
    settings.BASE_URL = "http://[::1]:8000"
    letter = note()
    assert letter.message_id == f"<{letter.id}@[::1]>"


def test_a_language_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="no letters in 'de'"):
        note(language="de")


def test_a_change_that_is_undone_sends_nothing() -> None:
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        note()
        raise Undone
    assert Letter.objects.count() == 0


def test_withdraw_takes_back_only_letters_of_the_kind_and_thing_that_wait() -> None:
    share, other = uuid.uuid4(), uuid.uuid4()
    taken_back = note(subject_id=share, sealed=b"code")
    leaving = note(subject_id=share)
    forgotten = note(subject_id=share)
    lease = {"state": "sending", "lease": uuid.uuid4()}
    Letter.objects.filter(pk=leaving.pk).update(leased_until=NOON + timedelta(seconds=1), **lease)
    Letter.objects.filter(pk=forgotten.pk).update(leased_until=NOON, **lease)
    note(subject_id=other)
    note(subject_id=share, kind="tests.other")

    assert outbox.withdraw(subject_id=share, kinds=["tests.note"], at=NOON) == 2
    withdrawn = Letter.objects.filter(state="withdrawn", settled_at=NOON, sealed=None)
    assert set(withdrawn) == {taken_back, forgotten}


def test_a_dead_letter_leaves_after_requeue_with_its_message_id(office: PostOffice, scribe: Scribe) -> None:
    office.manners["recipient@example.org"] = Manner(to_recipient="550 5.1.1 nobody")
    letter = note()
    deliver_due(now=NOON)
    office.manners.clear()

    letter.refresh_from_db()
    assert letter.state == "dead"
    assert outbox.requeue(letter, at=NOON) is True
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("sent", 1, "")
    assert [mail["Message-ID"] for mail in office.letters] == [letter.message_id]


def test_a_letter_that_left_is_not_requeued(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert outbox.requeue(letter, at=NOON) is False


def test_trust_01_a_settled_letter_keeps_nothing_sealed(office: PostOffice, scribe: Scribe) -> None:
    note(sealed=b"sealed-code-481516", facts={"text": "words"})
    deliver_due(now=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_letter")
        (row,) = cursor.fetchall()
    assert None in row
    assert "481516" not in repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
