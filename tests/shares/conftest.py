"""Shares of Zoé's diploma, and people who knock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials.models import Credential
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer, Opened, Visitor
from attesta.shares.models import Channel, Share

MakeShare = Callable[..., Share]


@pytest.fixture
def make_share(zoe: Person, diploma: Credential) -> MakeShare:
    """``make_share(pin="2468", recipients=["…"])``: what is not said is a plain link."""

    def make(**options: Any) -> Share:
        options.setdefault("channel", Channel.EMAIL if options.get("recipients") else Channel.LINK)
        offer = Offer(**{"name": "Partage01", "language": "fr", **options})
        return actions.create(by=zoe, credentials=[diploma], offer=offer)[0]

    return make


@pytest.fixture
def link(make_share: MakeShare) -> Share:
    return make_share()


def visitor(name: str = "recipient", network: str = "192.0.2.1") -> Visitor:
    """Somebody with a browser of their own."""
    return Visitor(network=network, device=f"device-of-{name}", agent="Mozilla/5.0 Firefox/140.0")


def knock(share: Share, who: Visitor | None = None, **proof: str) -> actions.Outcome:
    return actions.open(token=tokens.token_of(share), visitor=who or visitor(), **proof)


def enter(share: Share, who: Visitor | None = None, **proof: str) -> actions.Admission:
    """Open and be admitted, or fail the test."""
    opened = knock(share, who, **proof)
    assert isinstance(opened, Opened)
    admission = actions.admit(visit_id=opened.visit_id, secret=opened.secret)
    assert admission is not None
    return admission


def verbs(share: Share) -> list[str]:
    """The share's history, oldest first."""
    return list(Line.objects.filter(share_id=share.id).order_by("id").values_list("verb", flat=True))


def ask_code(share: Share, who: Visitor | None = None) -> bool:
    """Ask for a code to be mailed, from one's own browser."""
    who = who or visitor()
    return actions.send_code(token=tokens.token_of(share), network=who.network, device=who.device)
