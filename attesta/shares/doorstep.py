"""What the gate says to the database, with SQL written once: it is asked more often than everything else together.

The ORM builds a statement anew each time, which costs several times what the database then takes. Rows become
ordinary models through the field's own converters, so nothing else notices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col

from attesta.accounts.models import Person
from attesta.shares.models import Share, Visit

OWNER = ("id", "email", "name", "language", "time_zone", "wants_notices")
Converter = Callable[[Any, Any, Any], Any]


def share_by_token(token_hash: str) -> Share | None:
    """The share of a link, with its owner."""
    rows = _select(_share_sql(), [token_hash])
    return _share(rows[0]) if rows else None


def visit_by_id(visit_id: UUID) -> Visit | None:
    """A visit, with its share and the share's owner."""
    rows = _select(_visit_sql(), [_uuid(visit_id)])
    if not rows:
        return None
    own = len(_fields(Visit))
    visit = _model(Visit, rows[0][:own])
    visit.share = _share(rows[0][own:])
    return visit


def live_visit(share_id: UUID, device_hash: str, now: datetime) -> UUID | None:
    """The id of the visit that this browser has begun at this share and may go on with."""
    sql = (
        "SELECT id FROM shares_visit WHERE share_id = %s AND device_hash = %s AND ended_at IS NULL AND expires_at > %s"
        " LIMIT 1"
    )
    rows = _select(sql, [_uuid(share_id), device_hash, connection.ops.adapt_datetimefield_value(now)])
    return _as_uuid(rows[0][0]) if rows else None


TAKE = """
UPDATE shares_share SET consultations = consultations + 1, last_consulted_at = %s
WHERE id = %s AND version = %s AND enabled AND (expires_at IS NULL OR expires_at > %s)
AND (max_consultations IS NULL OR consultations < max_consultations)
RETURNING consultations
"""


def take(share: Share, now: datetime) -> int | None:
    """One consultation, if the share is enabled, unexpired, not used up, and still as it was read; how many then."""
    moment = connection.ops.adapt_datetimefield_value(now)
    rows = _select(TAKE, [moment, _uuid(share.id), share.version, moment])
    return int(rows[0][0]) if rows else None


def begin(visit: Visit) -> None:
    """INSERT it."""
    fields = [column.target for column in _fields(Visit)]
    with connection.cursor() as cursor:
        cursor.execute(
            _begin_sql(), [field.get_db_prep_save(getattr(visit, field.attname), connection) for field in fields]
        )


@cache
def _begin_sql() -> str:
    marks = ", ".join("%s" for _ in _fields(Visit))
    names = ", ".join(f'"{column.target.column}"' for column in _fields(Visit))
    return f"INSERT INTO shares_visit ({names}) VALUES ({marks})"  # noqa: S608 - our own columns


def titles(share_id: UUID) -> list[dict[str, str]]:
    """The documents of a share as a line tells them: ``{"id", "fr", "en"}``, in the learner's order."""
    sql = (
        "SELECT c.id, c.title_fr, c.title_en FROM shares_item i JOIN credentials_credential c ON c.id = i.credential_id"
        " WHERE i.share_id = %s ORDER BY i.position"
    )
    return [{"id": str(_as_uuid(key)), "fr": fr, "en": en} for key, fr, en in _select(sql, [_uuid(share_id)])]


def issuers(share_id: UUID) -> list[tuple[str, str]]:
    """Names in French and English of who issued what is shared, each once."""
    sql = (
        "SELECT o.name_fr, o.name_en FROM shares_item i JOIN credentials_credential c ON c.id = i.credential_id"
        " JOIN organizations_organization o ON o.id = c.issuer_id WHERE i.share_id = %s ORDER BY i.position"
    )
    return list(dict.fromkeys((fr, en) for fr, en in _select(sql, [_uuid(share_id)])))


def is_shown(share_id: UUID, credential_id: UUID) -> bool:
    sql = "SELECT 1 FROM shares_item WHERE share_id = %s AND credential_id = %s"
    return bool(_select(sql, [_uuid(share_id), _uuid(credential_id)]))


def is_traced(visit_id: UUID, credential_id: UUID, version: int, page: int) -> bool:
    sql = "SELECT 1 FROM shares_trace WHERE visit_id = %s AND credential_id = %s AND version = %s AND page = %s"
    return bool(_select(sql, [_uuid(visit_id), _uuid(credential_id), version, page]))


def _select(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def _uuid(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def _as_uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _share(row: Sequence[Any]) -> Share:
    own = len(_fields(Share))
    share = _model(Share, row[:own])
    share.owner = _model(Person, row[own:])
    return share


def _model[M: Model](model: type[M], row: Sequence[Any]) -> M:
    fields = _fields(model)
    values = list(row)
    for place, field, converters in _converters(model):
        for convert in converters:
            values[place] = convert(values[place], field, connection)
    return model.from_db(connection.alias, [field.target.attname for field in fields], values)


@cache
def _fields(model: type[Model]) -> list[Any]:
    wanted: list[Field[Any, Any]] = [
        field for field in model._meta.concrete_fields if model is not Person or field.attname in OWNER
    ]
    return [Col(model._meta.db_table, field) for field in wanted]


@cache
def _converters(model: type[Model]) -> list[tuple[int, Any, list[Converter]]]:
    """Which columns of a row need a word with the backend: UUIDs and times on SQLite, say."""
    found = [
        (place, column, connection.ops.get_db_converters(column) + column.get_db_converters(connection))
        for place, column in enumerate(_fields(model))
    ]
    return [each for each in found if each[2]]


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{column.target.column}"' for column in _fields(model))


@cache
def _share_sql() -> str:
    return (
        f"SELECT {_columns(Share, 's')}, {_columns(Person, 'p')} FROM shares_share s"  # noqa: S608 - our own columns
        " JOIN accounts_person p ON p.id = s.owner_id WHERE s.token_hash = %s"
    )


@cache
def _visit_sql() -> str:
    columns = ", ".join([_columns(Visit, "v"), _columns(Share, "s"), _columns(Person, "p")])
    return (
        f"SELECT {columns} FROM shares_visit v JOIN shares_share s ON s.id = v.share_id"  # noqa: S608 - our own columns
        " JOIN accounts_person p ON p.id = s.owner_id WHERE v.id = %s"
    )
