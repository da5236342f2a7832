"""Lines of the ledger about a share, with the facts that every one of them carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.querysets import History
from attesta.activity.verbs import Verb
from attesta.shares import doorstep
from attesta.shares.models import Item, Share


def write(
    verb: Verb,
    share: Share,
    *,
    at: datetime,
    by: Person | None = None,
    actor_label: str = "",
    documents: list[dict[str, str]] | None = None,
    visit_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One line about ``share``. ``documents`` when they were read already, to keep the write lock short.

    ``actor_label`` names who is known to have acted: whoever opens by a link, or by link and PIN, is not, whatever the
    learner called them. A mailbox that was proved by a code is.
    """
    ledger.write(
        verb,
        at=at,
        actor_id=by.id if by else None,
        actor_label=str(by) if by else actor_label,
        owner_id=share.owner_id,
        share_id=share.id,
        visit_id=visit_id,
        recipient_label=share.recipient,
        facts={"documents": doorstep.titles(share.id) if documents is None else documents, **(facts or {})},
    )


def of(share: Share) -> History:
    """What happened to ``share``, updates of its documents included (guide step 04) while they are its owner's."""
    theirs = Item.objects.filter(share_id=share.id, credential__learner_id=share.owner_id)
    return History(share.id, list(theirs.values_list("credential_id", flat=True)), share.created_at)
