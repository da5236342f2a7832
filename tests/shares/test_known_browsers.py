"""A browser that passed is known to the gate for the PIN it passed with, and for no other."""

from __future__ import annotations

from attesta.shares import actions
from attesta.shares.actions import Changes, Opened
from attesta.shares.models import Share
from attesta.shares.rules import Refusal
from tests.shares.conftest import MakeShare, knock, visitor


def set_pin(share: Share, pin: str) -> Share:
    current = Share.objects.get(pk=share.pk)
    changes = Changes(name=current.name, purpose="", reference="", pin=pin, expires_at=None)
    saved = actions.edit(share=current, by=current.owner, version=current.version, changes=changes)
    assert isinstance(saved, Share)
    return saved


def guesses(share: Share, browsers: int) -> int:
    """How many wrong PINs are compared when each browser tries ten."""
    outcomes = [
        knock(share, visitor(f"browser-{n}", f"203.0.113.{n}"), pin=f"{n:02d}{k:02d}")
        for n in range(browsers)
        for k in range(10)
    ]
    return outcomes.count(Refusal.WRONG_PIN)


def test_trust_10_browsers_that_opened_before_there_was_a_pin_guess_no_more_than_others(make_share: MakeShare) -> None:
    share = make_share()
    assert all(isinstance(knock(share, visitor(f"browser-{n}")), Opened) for n in range(12))
    assert guesses(set_pin(share, "9876"), browsers=12) <= 20


def test_trust_10_browsers_that_passed_an_earlier_pin_guess_no_more_than_others(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    assert all(isinstance(knock(share, visitor(f"browser-{n}"), pin="2468"), Opened) for n in range(12))
    assert guesses(set_pin(share, "9876"), browsers=12) <= 20
