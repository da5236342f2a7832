"""Zoé's share as a recipient meets it: real rows made by real actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel, Share

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
ShareMaker = Callable[..., Share]


class Recipient(Client):
    """A person's browser with the link of one share. ``knock`` presses the button; ``visit`` is where it led."""

    visit: str = ""

    def knock(self, share: Share, **typed: str) -> Any:
        response = self.post(link(share), typed)
        if response.status_code == 303:
            self.visit = response.headers["Location"]
        return response


def link(share: Share) -> str:
    return f"/s/{tokens.token_of(share)}"


@pytest.fixture
def recipient(db: None) -> Recipient:
    return Recipient(headers={"user-agent": AGENT})


@pytest.fixture
def stranger(db: None) -> Recipient:
    """Another browser, which was given nothing."""
    return Recipient(headers={"user-agent": AGENT})


@pytest.fixture
def share_of(zoe: Person, diploma: Credential) -> ShareMaker:
    """``share_of(pin="1234")`` is a share of Zoé's diploma by link; any field of an offer, or ``credentials``."""

    def make(*, credentials: list[Credential] | None = None, **fields: Any) -> Share:
        offer = Offer(**{"name": "Maîtrise", "channel": Channel.LINK, "language": "fr"} | fields)
        return actions.create(by=zoe, credentials=credentials or [diploma], offer=offer)[0]

    return make


@pytest.fixture
def share(share_of: ShareMaker) -> Share:
    return share_of()
