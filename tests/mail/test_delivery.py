"""One letter's way to the mail server: taken, refused, put off, given up."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from pytest_django import Settings

from attesta.activity.models import Line
from attesta.mail import composers
from attesta.mail.delivery import deliver_due
from attesta.mail.models import Letter
from attesta.mail.rules import BACK_OFF, LEASE
from tests.mail.conftest import mailers
from tests.mail.post_office import Manner, PostOffice, words
from tests.mail.scribe import NOON, Scribe, due, note

pytestmark = pytest.mark.django_db

TO = "recipient@example.org"


def told() -> list[tuple[str, str]]:
    return [(line.verb, line.facts["because"]) for line in Line.objects.order_by("pk")]


def test_a_letter_arrives_and_its_room_notes_it(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    assert deliver_due(now=NOON) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error, letter.lease) == ("sent", 1, "", None)
    assert [(mail["To"], mail["Message-ID"]) for mail in office.letters] == [(TO, letter.message_id)]
    assert told() == [("email-sent", "")]
    assert deliver_due(now=NOON) == 0


def test_nothing_leaves_before_its_time(office: PostOffice, scribe: Scribe) -> None:
    note(at=NOON + timedelta(minutes=5))
    assert deliver_due(now=NOON) == 0
    assert deliver_due(now=NOON + timedelta(minutes=5)) == 1


def test_a_batch_keeps_one_connection_and_its_limit(office: PostOffice, scribe: Scribe) -> None:
    for number in range(5):
        note(to=f"recipient{number}@example.org")
    assert deliver_due(now=NOON, limit=3) == 3
    assert (len(office.letters), office.connections) == (3, 1)


def test_each_letter_speaks_its_own_language(office: PostOffice, scribe: Scribe) -> None:
    note(to="fr@example.org", language="fr")
    note(to="en@example.org", language="en")
    deliver_due(now=NOON)
    (french,), (english,) = office.to("fr@example.org"), office.to("en@example.org")
    assert (french["Content-Language"], english["Content-Language"]) == ("fr", "en")
    assert "Ce message automatique vous est envoyé par Attesta" in words(french)
    assert "This message was sent automatically by Attesta" in words(english)


def test_a_letter_that_is_no_longer_true_is_withdrawn(office: PostOffice, scribe: Scribe) -> None:
    letter = note(sealed=b"x")
    scribe.still_true = False
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.sealed, office.letters, told()) == ("withdrawn", None, [], [])


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        (Manner(to_recipient="451 4.7.1 greylisted"), "server-busy 451 4.7.1"),
        (Manner(to_content="452 4.2.2 over quota"), "mailbox-full 452 4.2.2"),
        (Manner(delay=1), "timed-out"),
        (Manner(hang_up=True), "connection-lost"),
    ],
)
def test_trust_33_a_passing_trouble_puts_the_letter_off(
    settings: Settings, office: PostOffice, scribe: Scribe, manner: Manner, error: str
) -> None:
    settings.MAILERS = mailers(office.port, timeout=0.3)
    office.manners[TO] = manner
    letter, other = note(), note(to="other@example.org", at=NOON + timedelta(seconds=1))
    assert deliver_due(now=NOON) == 1
    assert deliver_due(now=NOON + timedelta(seconds=1)) == 1
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("queued", 1, error)
    assert timedelta(minutes=1) <= due(letter) - NOON < timedelta(minutes=1, seconds=30)
    assert other.state == "sent"

    office.manners.clear()
    assert deliver_due(now=due(letter)) == 1
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert {mail["Message-ID"] for mail in office.to(TO)} == {letter.message_id}


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        (Manner(to_recipient="550 5.1.1 no such user"), "mailbox-unknown 550 5.1.1"),
        (Manner(to_recipient="552 5.2.2 over quota"), "mailbox-full 552 5.2.2"),
        (Manner(to_content="554 5.7.1 refused because of https://bad.example/"), "refused 554 5.7.1"),
    ],
)
def test_trust_33_a_final_refusal_makes_a_dead_letter_at_once(
    office: PostOffice, scribe: Scribe, manner: Manner, error: str
) -> None:
    office.manners[TO] = manner
    letter = note(sealed=b"x")
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error, letter.sealed) == ("dead", 1, error, None)
    assert told() == [("email-failed", error)]


@pytest.mark.parametrize("address", ["not an address", "a@example.org\r\nBcc: b@example.org", "zoé@example.org"])
def test_an_address_that_is_none_makes_a_dead_letter(office: PostOffice, scribe: Scribe, address: str) -> None:
    letter = note(to=address)
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error, office.letters) == ("dead", "address-invalid", [])


def test_trust_33_a_server_that_is_down_costs_one_letter_a_try_and_loses_none(
    office: PostOffice, scribe: Scribe
) -> None:
    letters = [note(to=f"recipient{number}@example.org") for number in range(3)]
    office.stop()
    assert deliver_due(now=NOON) == 0
    states = Letter.objects.order_by("-attempts").values_list("attempts", "last_error")
    assert list(states) == [(1, "server-unreachable"), (0, ""), (0, "")]

    office.start()
    assert deliver_due(now=NOON + timedelta(minutes=2)) == 3
    assert {mail["Message-ID"] for mail in office.letters} == {letter.message_id for letter in letters}


def test_trust_33_a_letter_is_given_up_after_seven_tries_over_twenty_hours(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    office.manners[TO] = Manner(to_recipient="451 4.3.0 later")
    waits = []
    now = NOON
    for _ in range(6):
        deliver_due(now=now)
        waits.append(due(letter) - now)
        now = due(letter)
    assert [wait - wait % timedelta(minutes=1) for wait in waits] == list(BACK_OFF)
    assert told() == []
    deliver_due(now=now)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("dead", 7)
    assert told() == [("email-failed", "server-busy 451 4.3.0")]


def test_a_composer_that_stumbles_is_tried_again_and_its_words_are_not_logged(
    office: PostOffice, scribe: Scribe, caplog: pytest.LogCaptureFixture
) -> None:
    letter = note()
    scribe.stumbles = [RuntimeError("https://attesta.example.org/s/secret-token")]
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == ("queued", "not-written")
    assert "RuntimeError at scribe.py" in caplog.text
    assert "secret-token" not in caplog.text
    deliver_due(now=due(letter))
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_kind_nobody_writes_waits_and_then_dies(office: PostOffice) -> None:
    letter = note(kind="tests.unknown")
    now = NOON
    for _ in range(6):
        deliver_due(now=now)
        now = due(letter)
    deliver_due(now=now)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == ("dead", "not-written")


def test_a_room_that_cannot_note_the_end_undoes_it(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    scribe.stumbles_at_the_end = [RuntimeError("no ledger")]
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error, told()) == ("queued", "interrupted", [])

    deliver_due(now=due(letter))
    letter.refresh_from_db()
    assert (letter.state, told()) == ("sent", [("email-sent", "")])
    assert [mail["Message-ID"] for mail in office.letters] == [letter.message_id] * 2


def test_trust_33_a_dead_workers_letter_leaves_when_its_lease_has_run_out(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    held_until = NOON + LEASE
    Letter.objects.update(state="sending", lease=uuid.uuid4(), leased_until=held_until, attempts=1)
    assert deliver_due(now=held_until - timedelta(seconds=1)) == 0
    assert deliver_due(now=held_until) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("sent", 2)


def test_a_worker_that_lost_its_lease_leaves_the_letter_alone(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    other = uuid.uuid4()

    class Thief(Scribe):
        def compose(self, letter: Letter) -> composers.Composition | None:
            Letter.objects.filter(pk=letter.pk).update(lease=other)
            return super().compose(letter)

    composers.register("tests.note", Thief())
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.lease, told()) == ("sending", other, [])


def test_a_letter_that_workers_died_of_is_given_up_unsent(office: PostOffice, scribe: Scribe) -> None:
    letter = note()
    Letter.objects.update(attempts=7)
    deliver_due(now=NOON)
    letter.refresh_from_db()
    assert (letter.state, letter.last_error, office.letters) == ("dead", "interrupted", [])
