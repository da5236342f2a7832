"""What mail servers' answers mean, and when to try again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attesta.mail.rules import LEASE, LONGEST_ANSWER, Failure, Reason, Stage, answer, next_try, worn_out


def test_tries_are_put_off_longer_and_longer_then_end() -> None:
    minutes = [next_try(attempts) for attempts in range(1, 8)]
    assert minutes == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=6),
        timedelta(hours=12),
        None,
    ]


def test_a_try_beyond_the_last_is_one_that_workers_died_of() -> None:
    assert [worn_out(attempts) for attempts in (1, 7, 8)] == [False, False, True]


def test_the_four_answers_a_letter_needs_fit_into_its_lease() -> None:
    assert timedelta(seconds=4 * LONGEST_ANSWER) < LEASE


@pytest.mark.parametrize(
    ("code", "words", "stage", "failure"),
    [
        (550, "5.1.1 No such user here", Stage.RECIPIENT, Failure(Reason.MAILBOX_UNKNOWN, True, "550 5.1.1")),
        (550, "no such user", Stage.RECIPIENT, Failure(Reason.MAILBOX_UNKNOWN, True, "550")),
        (551, "user not local", Stage.RECIPIENT, Failure(Reason.MAILBOX_UNKNOWN, True, "551")),
        (550, "5.2.1 disabled", Stage.RECIPIENT, Failure(Reason.MAILBOX_CLOSED, True, "550 5.2.1")),
        (552, "5.2.2 over quota", Stage.RECIPIENT, Failure(Reason.MAILBOX_FULL, True, "552 5.2.2")),
        (552, "over quota", Stage.CONTENT, Failure(Reason.MAILBOX_FULL, True, "552")),
        (452, "4.2.2 over quota", Stage.RECIPIENT, Failure(Reason.MAILBOX_FULL, False, "452 4.2.2")),
        (450, "4.7.1 greylisted, come back", Stage.RECIPIENT, Failure(Reason.TOO_BUSY, False, "450 4.7.1")),
        (451, "try later", Stage.CONTENT, Failure(Reason.TOO_BUSY, False, "451")),
        (553, "syntax", Stage.RECIPIENT, Failure(Reason.ADDRESS_INVALID, True, "553")),
        (556, "5.1.10 null MX", Stage.RECIPIENT, Failure(Reason.DOMAIN_UNKNOWN, True, "556 5.1.10")),
        (550, "5.7.1 policy", Stage.RECIPIENT, Failure(Reason.REFUSED, True, "550 5.7.1")),
        (554, "5.7.1 looks like spam", Stage.CONTENT, Failure(Reason.REFUSED, True, "554 5.7.1")),
        (550, "looks like spam", Stage.CONTENT, Failure(Reason.REFUSED, True, "550")),
        (550, "5.1.1 no such user", Stage.CONTENT, Failure(Reason.MAILBOX_UNKNOWN, True, "550 5.1.1")),
        (554, "no", Stage.CONTENT, Failure(Reason.REFUSED, True, "554")),
        (550, "5.7.1 who are you", Stage.SENDER, Failure(Reason.SENDER_REFUSED, False, "550 5.7.1")),
        (451, "4.3.0 later", Stage.SENDER, Failure(Reason.TOO_BUSY, False, "451 4.3.0")),
        (554, "no service", Stage.CONNECTION, Failure(Reason.UNREACHABLE, False, "554")),
    ],
)
def test_an_answer_means(code: int, words: str, stage: Stage, failure: Failure) -> None:
    assert answer(code, words, stage=stage) == failure


@given(code=st.integers(400, 599), words=st.text(), stage=st.sampled_from(Stage))
def test_no_answer_puts_a_servers_words_into_ours(code: int, words: str, stage: Stage) -> None:
    failure = answer(code, words, stage=stage)
    assert set(str(failure).removeprefix(failure.reason)) <= set(" .0123456789")
    assert failure.final == (code >= 500 and stage in {Stage.RECIPIENT, Stage.CONTENT})
