"""Every reason has a sentence, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from attesta.mail.reasons import because
from attesta.mail.rules import Reason


@pytest.mark.parametrize("reason", Reason)
def test_trust_40_every_reason_is_said_in_french_and_in_english(reason: Reason) -> None:
    with translation.override("en"):
        english = because(reason)
    with translation.override("fr"):
        french = because(reason)
    assert english.endswith(".")
    assert french.endswith(".")
    assert french != english


def test_the_sentence_is_found_from_a_whole_last_error() -> None:
    with translation.override("en"):
        assert because("mailbox-full 552 5.2.2") == "This mailbox is full."
    with translation.override("fr"):
        assert because("mailbox-full 552 5.2.2") == "Cette boîte de courriel est pleine."


def test_no_error_has_no_sentence_and_an_unknown_one_a_plain_one() -> None:
    with translation.override("en"):
        assert because("") == ""
        assert because("older-code 599") == "The message could not be sent."
