"""Lines of the ledger about batches."""

from __future__ import annotations

from datetime import datetime

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.credentials.models import Batch


def write(verb: Verb, batch: Batch, *, at: datetime, by: Person | None, about: str = "") -> None:
    """Without a person, the institution acted. ``about``: the label of someone else whom the line names."""
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else batch.issuer.name_fr,
        issuer_id=batch.issuer_id,
        recipient_label=about,
        facts={"batch": str(batch.pk), "file": batch.file_name, "count": batch.row_count},
    )
