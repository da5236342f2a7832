"""What was typed and chosen for a document, kept from the form to its review, so that nothing is lost on the way.

Fields lie in the session, sealed for their person. A PDF is too large for that: it lies encrypted in the vault, under
a key that stands in the sealed draft alone. No row names such a file, so the vault's sweep removes it after a day;
and a session that ends takes the only key with it. The draft's id becomes the document's: one draft issues once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from attesta.accounts.models import Person
from attesta.vault import blobs
from attesta.vault.blobs import Missing, Tampered
from attesta.vault.models import DataKey
from attesta.vault.secrets import Unreadable, seal, unseal

PLACE = "issuer_drafts"
PURPOSE = "issuer.draft"
KEPT = 3


@dataclass(frozen=True, slots=True)
class Upload:
    """A PDF that was handed in and found sound. ``removed``: what will be taken out of it (``seals.activity``)."""

    name: str
    size: int
    page_count: int
    removed: Sequence[str]
    blob: str
    key: str
    wrapping_key: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class Draft:
    """``fields`` are the form's, as they were typed, right or wrong."""

    id: UUID
    fields: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None


def load(session: SessionBase, person: Person, key: UUID) -> Draft | None:
    sealed = session.get(PLACE, {}).get(str(key))
    if sealed is None:
        return None
    try:
        kept = json.loads(unseal(base64.b64decode(sealed), purpose=PURPOSE, context=f"{person.pk}/{key}"))
    except Unreadable:
        return None
    return Draft(key, kept["fields"], Upload(**kept["upload"]) if kept["upload"] else None)


def save(session: SessionBase, person: Person, draft: Draft) -> None:
    """The newest few are kept."""
    plain = json.dumps({"fields": dict(draft.fields), "upload": asdict(draft.upload) if draft.upload else None})
    sealed = base64.b64encode(seal(plain, purpose=PURPOSE, context=f"{person.pk}/{draft.id}")).decode()
    others = [(key, value) for key, value in session.get(PLACE, {}).items() if key != str(draft.id)]
    session[PLACE] = dict([*others, (str(draft.id), sealed)][-KEPT:])


def forget(session: SessionBase, key: UUID) -> None:
    drafts = session.get(PLACE, {})
    if drafts.pop(str(key), None) is not None:
        session[PLACE] = drafts


def put(draft_id: UUID, pdf: bytes, *, name: str, page_count: int, removed: Sequence[str]) -> Upload:
    key = blobs.new_key()
    blob = blobs.put(pdf, key=key, context=_place(draft_id))
    wrapped = base64.b64encode(bytes(key.wrapped)).decode()
    return Upload(name, len(pdf), page_count, list(removed), blob, str(key.pk), key.wrapping_key, wrapped)


def pdf_of(draft: Draft) -> bytes | None:
    """None when there is none, or it lay longer than a day."""
    kept = draft.upload
    if kept is None:
        return None
    try:
        return blobs.get(kept.blob, key=_key(kept), context=_place(draft.id))
    except (Missing, Tampered):
        return None


def _key(kept: Upload) -> DataKey:
    values: dict[str, Any] = {"pk": UUID(kept.key), "wrapping_key": kept.wrapping_key}
    return DataKey(wrapped=base64.b64decode(kept.wrapped), **values)


def _place(draft_id: UUID) -> str:
    return f"issuer draft/{draft_id}"
