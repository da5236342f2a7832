"""What the learner's pages are told about: shares of Zoé's, made as everyone makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import actions
from attesta.shares.actions import Offer
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
