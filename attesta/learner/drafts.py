"""What was typed for a new share, kept in the session so that *Back* and a reload lose nothing.

Sessions rest in the database, and a draft may hold a PIN: each draft is sealed, for its person alone.
The draft's id becomes the share's ``request_key``, so one draft makes its shares once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from attesta.accounts.models import Person
from attesta.vault.secrets import Unreadable, seal, unseal

PLACE = "share_drafts"
PURPOSE = "learner.draft"
KEPT = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """``fields`` are the form's, as they were typed, right or wrong."""

    id: UUID
    documents: Sequence[UUID] = ()
    channel: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def load(session: SessionBase, person: Person, key: UUID) -> Draft | None:
    sealed = session.get(PLACE, {}).get(str(key))
    if sealed is None:
        return None
    try:
        kept = json.loads(unseal(base64.b64decode(sealed), purpose=PURPOSE, context=f"{person.pk}/{key}"))
    except Unreadable:
        return None
    return Draft(key, [UUID(each) for each in kept["documents"]], kept["channel"], kept["fields"])


def save(session: SessionBase, person: Person, draft: Draft) -> None:
    """The newest few are kept."""
    plain = json.dumps(
        {"documents": [str(each) for each in draft.documents], "channel": draft.channel, "fields": dict(draft.fields)}
    )
    sealed = base64.b64encode(seal(plain, purpose=PURPOSE, context=f"{person.pk}/{draft.id}")).decode()
    others = [(key, value) for key, value in session.get(PLACE, {}).items() if key != str(draft.id)]
    session[PLACE] = dict([*others, (str(draft.id), sealed)][-KEPT:])


def forget(session: SessionBase, key: UUID) -> None:
    drafts = session.get(PLACE, {})
    if drafts.pop(str(key), None) is not None:
        session[PLACE] = drafts
