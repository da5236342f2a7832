"""Decisions about credentials, on plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from attesta.credentials import rules
from attesta.credentials.rules import CredentialState, Draft, Refusal, Status

TODAY = date(2024, 3, 22)
SOUND = Draft(
    learner_email="zoe@example.org",
    title_fr="Diplôme",
    title_en="Degree",
    issued_on=TODAY,
    learner_name="Zoé Citoyenne",
    number="B-1",
    expires_on=TODAY + timedelta(days=1),
)


@pytest.mark.parametrize(
    ("latest", "revoked", "expires_on", "expected"),
    [
        (1, False, None, Status.AVAILABLE),
        (2, False, None, Status.UPDATED),
        (1, False, TODAY + timedelta(days=1), Status.AVAILABLE),
        (1, False, TODAY, Status.EXPIRED),
        (2, False, TODAY, Status.EXPIRED),
        (1, True, None, Status.REVOKED),
        (2, True, TODAY, Status.REVOKED),
    ],
)
def test_status(latest: int, revoked: bool, expires_on: date | None, expected: Status) -> None:
    assert rules.status(CredentialState(latest, revoked, expires_on), TODAY) is expected


@given(latest=some.integers(1, 5), days=some.integers(-400, 400))
def test_a_credential_expires_once_and_for_good(latest: int, days: int) -> None:
    state = CredentialState(latest, revoked=False, expires_on=TODAY)
    expired = rules.status(state, TODAY + timedelta(days=days)) is Status.EXPIRED
    assert expired == (days >= 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"title_fr": ""}, Refusal.TITLE_MISSING),
        ({"title_en": ""}, Refusal.TITLE_MISSING),
        ({"title_fr": "é" * 200}, None),
        ({"title_fr": "é" * 201}, Refusal.TITLE_TOO_LONG),
        ({"learner_email": "zoe"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "zoe@example"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "zoe@example.org\nBcc: x@example.org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "zoe@ex ample.org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "a@b@example.org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": f"zoe@{'x.' * 130}org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "zoé@example.org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "zoe+études@example.org"}, Refusal.EMAIL_INVALID),
        ({"learner_email": "o'neil+uni@mail.example.org"}, None),
        ({"learner_name": "z" * 151}, Refusal.NAME_TOO_LONG),
        ({"number": "9" * 81}, Refusal.NUMBER_TOO_LONG),
        ({"issued_on": date(24, 3, 22)}, Refusal.DAY_UNLIKELY),
        ({"issued_on": date(1899, 12, 31)}, Refusal.DAY_UNLIKELY),
        ({"issued_on": date(1900, 1, 1)}, None),
        ({"expires_on": date(2199, 12, 31)}, None),
        ({"expires_on": date(2200, 1, 1)}, Refusal.DAY_UNLIKELY),
        ({"issued_on": TODAY + timedelta(days=1), "expires_on": None}, None),
        ({"issued_on": TODAY + timedelta(days=2), "expires_on": None}, Refusal.ISSUED_IN_FUTURE),
        ({"expires_on": TODAY}, Refusal.EXPIRES_BEFORE_ISSUED),
        ({"expires_on": None}, None),
    ],
)
def test_issue_refusal(change: dict[str, object], expected: Refusal | None) -> None:
    assert rules.issue_refusal(replace(SOUND, **change), TODAY) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("", Refusal.REASON_MISSING), ("x", None), ("x" * 2000, None), ("x" * 2001, Refusal.REASON_TOO_LONG)],
)
def test_reason_refusal(reason: str, expected: Refusal | None) -> None:
    assert rules.reason_refusal(reason) is expected


def test_tidied_folds_spaces_and_lowers_the_address() -> None:
    messy = replace(SOUND, learner_email=" Zoe@Example.ORG ", title_fr="  Diplôme \n de\tmaîtrise\u202e ", number=" 1 ")
    tidy = rules.tidied(messy)
    assert (tidy.learner_email, tidy.title_fr, tidy.number) == ("zoe@example.org", "Diplôme de maîtrise", "1")


@given(address=some.text(max_size=30))
def test_an_accepted_address_can_stand_in_a_header(address: str) -> None:
    if rules.issue_refusal(rules.tidied(replace(SOUND, learner_email=address)), TODAY) is None:
        assert address.strip().isascii()
        assert not set(address.strip()) & set(' \r\n\t,;<>"()\\')
