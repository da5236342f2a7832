"""The one writer of the ledger. Call it inside the transaction of the change that the line tells of.

Only noun rooms import this module. Lines are never changed or removed: database triggers refuse both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

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
    values = [field.get_db_prep_save(getattr(line, field.attname), connection) for field in _columns()]
    with connection.cursor() as cursor:
        cursor.execute(_insert(), values)


@cache
def _columns() -> list[Any]:
    return [field for field in Line._meta.concrete_fields if not field.primary_key]


@cache
def _insert() -> str:
    names = ", ".join(f'"{field.column}"' for field in _columns())
    marks = ", ".join("%s" for _ in _columns())
    return f'INSERT INTO "{Line._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own columns
