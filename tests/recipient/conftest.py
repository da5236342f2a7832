"""Zoé's share as a recipient meets it: real rows made by real actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel, MailboxCode, Share
from tests.harness import cast

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
ShareMaker = Callable[..., Share]


class Recipient(Client):
    """A person's browser. ``knock`` presses the cover's button; ``visit`` is where it led."""

    visit: str = ""

    def knock(self, share: Share, **typed: str) -> Any:
        response = self.post(link(share), typed)
        if response.status_code == 303:
            self.visit = response.headers["Location"]
        return response

    def part(self, credential: Credential, rest: str) -> str:
        """The address of something of a document in this browser's visit."""
        return f"{self.visit}documents/{credential.id}/{rest}"


def link(share: Share) -> str:
    return f"/s/{tokens.token_of(share)}"


def text(response: Any) -> str:
    return str(response.content.decode())


def verbs(share: Share) -> list[str]:
    """The share's history, oldest first, without its making."""
    lines = Line.objects.filter(share_id=share.id).exclude(verb="share-created").order_by("id")
    return list(lines.values_list("verb", flat=True))


def mailed_code(share: Share) -> str:
    """The newest code that waits in the recipient's mailbox."""
    code = MailboxCode.objects.filter(share=share).latest("created_at")
    return tokens.unseal_code(bytes(code.sealed), code.id)


def count(share: Share) -> int:
    share.refresh_from_db()
    return share.consultations


@pytest.fixture
def recipient(db: None) -> Recipient:
    """Whoever was given the link."""
    return Recipient(headers={"user-agent": AGENT})


@pytest.fixture
def stranger(db: None) -> Recipient:
    """Another browser, which was given nothing."""
    return Recipient(headers={"user-agent": AGENT})


@pytest.fixture
def share_of(zoe: Person, diploma: Credential) -> ShareMaker:
    """``share_of(pin="1234")`` is a share of Zoé's diploma by link; any field of an offer, or ``credentials``."""

    def make(*, credentials: list[Credential] | None = None, **fields: Any) -> Share:
        if "recipients" in fields:
            fields["channel"] = Channel.EMAIL
        offer = Offer(**{"name": "Maîtrise", "channel": Channel.LINK, "language": "fr"} | fields)
        return actions.create(by=zoe, credentials=credentials or [diploma], offer=offer)[0]

    return make


@pytest.fixture
def share(share_of: ShareMaker) -> Share:
    """A plain link."""
    return share_of()


@pytest.fixture
def mailed(share_of: ShareMaker) -> Share:
    """Sent to a mailbox, without a PIN: a code is asked for."""
    return share_of(recipients=["jury@example.org"])


@pytest.fixture
def three_documents(zoe: Person, diploma: Credential, other_institution: Organization) -> list[Credential]:
    """The diploma, and two of another institution's."""
    return [diploma, *(cast.diploma(zoe, other_institution) for _ in range(2))]
