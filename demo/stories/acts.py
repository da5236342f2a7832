"""What owners and recipients do in a story, by the same actions as on the site."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.mail import delivery
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer, Opened, Outcome, Visitor
from attesta.shares.models import MailboxCode, Share

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
STORIES = uuid.UUID("6f0d3c57-2b0e-4b52-9d6e-3f5d1d1c7a10")
"""Namespace of the request keys: a story begun twice makes one share."""


def share(owner: Person, credentials: Sequence[Credential], offer: Offer) -> Share:
    key = uuid.uuid5(STORIES, f"{owner.email} {offer.name}")
    return actions.create(by=owner, credentials=credentials, offer=offer, request_key=key)[0]


def knock(share: Share, who: str, *, pin: str = "", code: str = "") -> Outcome:
    """Press *open*. ``who`` stands for a browser on a network of its own."""
    return actions.open(token=_token(share), visitor=_visitor(who), pin=pin, code=code)


def glance(share: Share, agent: str) -> None:
    """A machine fetches the cover page."""
    actions.cover(token=_token(share), visitor=Visitor(network="192.0.2.80", device="", agent=agent, method="GET"))


def visit(share: Share, who: str, *, pin: str = "", read: bool = True, take: bool = False) -> None:
    """Open it, with the code from the mailbox where one is asked for; look at first pages; download."""
    code = _mailed_code(share, _visitor(who)) if share.is_email and not share.has_pin else ""
    outcome = knock(share, who, pin=pin, code=code)
    if not isinstance(outcome, Opened):
        raise TypeError(f"The story expected {share.name} to open, and it said {outcome}.")
    admission = actions.admit(visit_id=outcome.visit_id, secret=outcome.secret)
    if admission is None:
        raise TypeError(f"The story expected the visit to {share.name} to go on.")
    for credential in actions.documents(admission):
        if read:
            actions.page_image(admission=admission, credential_id=credential.pk, number=1)
        if take:
            actions.take_file(admission=admission, credential_id=credential.pk)


def ask(share: Share, *, name: str, email: str, message: str) -> None:
    actions.ask_access(token=_token(share), network="192.0.2.61", name=name, email=email, message=message)


def again(share: Share) -> Share:
    """As it stands now."""
    return Share.objects.select_related("owner").get(pk=share.pk)


def _token(share: Share) -> str:
    return tokens.token_of(again(share))


def _visitor(who: str) -> Visitor:
    """Addresses of the documentation range (RFC 5737), one a person."""
    return Visitor(
        network=f"198.51.100.{sum(who.encode()) % 250 + 1}", device=f"demonstration {who}", agent=BROWSER, method="POST"
    )


def _mailed_code(share: Share, visitor: Visitor) -> str:
    """Ask for it, and wait until its letter has left."""
    if not actions.send_code(token=_token(share), network=visitor.network, device=visitor.device):
        raise TypeError(f"The story expected a code for {share.name}.")
    delivery.deliver_due(now=timezone.now())
    code = MailboxCode.objects.filter(share=share).latest("created_at")
    return tokens.unseal_code(bytes(code.sealed), code.id)
