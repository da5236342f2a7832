"""The one writer of the ledger. Call it inside the transaction of the change that the line tells of.

Only noun rooms import this module. Lines are never changed or removed: database triggers refuse both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from attesta.activity import statements
from attesta.activity.models import Line
from attesta.activity.verbs import Verb


def write(
    verb: Verb,
    *,
    at: datetime,
    actor_id: UUID | None = None,
    actor_label: str = "",
    owner_id: UUID | None = None,
    issuer_id: UUID | None = None,
    credential_id: UUID | None = None,
    share_id: UUID | None = None,
    visit_id: UUID | None = None,
    recipient_label: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append one line. One INSERT by hand: it runs while a write lock is held."""
    line = Line(
        at=at,
        verb=verb.value,
        actor_id=actor_id,
        actor_label=actor_label,
        owner_id=owner_id,
        issuer_id=issuer_id,
        credential_id=credential_id,
        share_id=share_id,
        visit_id=visit_id,
        recipient_label=recipient_label,
        facts=facts or {},
    )
    statements.insert(line)
