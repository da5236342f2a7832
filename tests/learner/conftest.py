"""What the learner's pages are told about: shares of Zoé's, made as everyone makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
import time_machine
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer, Opened, Visitor
from attesta.shares.models import Channel, Share

ADMISSIONS = "admissions@example.org"


class MakeShare(Protocol):
    def __call__(self, *credentials: Credential, **offer: Any) -> Share: ...


@pytest.fixture
def share_of(zoe: Person, diploma: Credential) -> MakeShare:
    """``share_of()`` is a link of Zoé's diploma; ``recipients=[…]`` makes it an e-mail share."""

    def make(*credentials: Credential, **offer: Any) -> Share:
        channel = Channel.EMAIL if offer.get("recipients") else Channel.LINK
        values = {"name": "Partage01", "channel": channel, "language": "fr"} | offer
        return actions.create(by=zoe, credentials=credentials or [diploma], offer=Offer(**values))[0]

    return make


@pytest.fixture
def browser(zoe: Person, signed_in: Callable[[Person], Client]) -> Client:
    """Zoé's."""
    return signed_in(zoe)


@pytest.fixture
def stranger(alex: Person, signed_in: Callable[[Person], Client]) -> Client:
    """Alex, another learner."""
    return signed_in(alex)


@pytest.fixture
def spring() -> Iterator[time_machine.Traveller]:
    """It is March 22, 2024, 2:03 p.m. in Toronto, as in the guide."""
    with time_machine.travel(datetime(2024, 3, 22, 18, 3, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def opened(share: Share, name: str = "recipient", **proof: str) -> Opened:
    """A recipient opens the share, from a browser of their own."""
    visitor = Visitor(network="192.0.2.1", device=f"device-of-{name}", agent="Mozilla/5.0 Firefox/140.0")
    outcome = actions.open(token=tokens.token_of(share), visitor=visitor, **proof)
    assert isinstance(outcome, Opened)
    return outcome
