"""Decisions, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attesta.shares import rules
from attesta.shares.rules import Key, Refusal, ShareState, State, Window

NOW = datetime(2026, 3, 22, 14, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("share", "state", "refusal", "visit_refusal"),
    [
        (ShareState(True, None, None, 0), State.ENABLED, None, None),
        (ShareState(True, NOW + SECOND, 2, 1), State.ENABLED, None, None),
        (ShareState(True, NOW, None, 0), State.EXPIRED, Refusal.EXPIRED, Refusal.EXPIRED),
        (ShareState(True, NOW - SECOND, None, 0), State.EXPIRED, Refusal.EXPIRED, Refusal.EXPIRED),
        (ShareState(True, None, 2, 2), State.USED_UP, Refusal.LIMIT, None),
        (ShareState(False, None, None, 0), State.DISABLED, Refusal.DISABLED, Refusal.DISABLED),
        (ShareState(False, NOW - SECOND, 1, 1), State.DISABLED, Refusal.DISABLED, Refusal.DISABLED),
    ],
)
def test_state_and_refusals(
    share: ShareState, state: State, refusal: Refusal | None, visit_refusal: Refusal | None
) -> None:
    assert rules.state(share, NOW) == state
    assert rules.refusal(share, NOW) == refusal
    assert rules.visit_refusal(share, NOW) == visit_refusal


@given(
    st.builds(
        ShareState,
        st.booleans(),
        st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
        st.none() | st.integers(1, 5),
        st.integers(0, 5),
    )
)
def test_a_share_opens_exactly_when_its_owner_sees_it_enabled(share: ShareState) -> None:
    assert (rules.refusal(share, NOW) is None) == (rules.state(share, NOW) is State.ENABLED)


@pytest.mark.parametrize(
    ("email", "pin", "key"),
    [
        (False, False, Key(needs_pin=False, needs_code=False)),
        (False, True, Key(needs_pin=True, needs_code=False)),
        (True, False, Key(needs_pin=False, needs_code=True)),
        (True, True, Key(needs_pin=True, needs_code=False)),
    ],
)
def test_a_pin_replaces_the_mailbox_code(email: bool, pin: bool, key: Key) -> None:
    assert rules.key(channel_is_email=email, has_pin=pin) == key


@pytest.mark.parametrize(
    ("pin", "valid"),
    [
        ("1234", True),
        ("123456789012", True),
        ("123", False),
        ("1234567890123", False),
        ("12a4", False),
        ("١٢٣٤", False),
    ],
)
def test_a_pin_is_4_to_12_digits(pin: str, valid: bool) -> None:
    assert rules.valid_pin(pin) is valid


@pytest.mark.parametrize(
    ("method", "agent", "automatic"),
    [
        ("GET", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", False),
        ("HEAD", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", True),
        ("GET", "", True),
        ("GET", "Mozilla/5.0 (compatible; Googlebot/2.1)", True),
        ("GET", "Barracuda Sentinel (EE)", True),
        ("GET", "Slackbot-LinkExpanding 1.0", True),
    ],
)
def test_machines_say_who_they_are(method: str, agent: str, automatic: bool) -> None:
    assert rules.is_automatic(method, agent) is automatic


def test_an_address_is_masked() -> None:
    assert rules.masked("jeanne@example.org") == "j•••@example.org"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_a_window_holds_its_moment(now: datetime) -> None:
    window = Window(3, timedelta(hours=1))
    start = window.start(now)
    assert start <= now < start + window.length
    assert window.start(start) == start
