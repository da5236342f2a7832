"""Finding what a reader asks for, with SQL written once: every page picture of every visit comes through here.

The ORM would build the same statement anew each time, at several times the cost of the statement itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from attesta.credentials.models import Credential, Page, Version
from attesta.vault.models import DataKey

Converter = Callable[[Any, Any, Any], Any]


def readable(credential_id: UUID, number: int | None = None, *, learner_id: UUID | None = None) -> Version | None:
    """The current version, or that number, with credential and data key; None for a revoked credential.

    With ``learner_id``, only of that learner's.
    """
    sql, values = _readable_sql(), [_stored(Credential, credential_id), number]
    if learner_id:
        sql, values = f"{sql} AND c.learner_id = %s", [*values, _stored(Credential, learner_id)]
    row = _first(sql, values)
    if row is None:
        return None
    end, last = len(_fields(Version)), len(_fields(Version)) + len(_fields(Credential))
    version = _model(Version, row[:end])
    version.credential = _model(Credential, row[end:last])
    version.data_key = _model(DataKey, row[last:]) if version.data_key_id else None
    return version


def page(version: Version, number: int) -> Page | None:
    """The page as it was drawn, if it was."""
    row = _first(_page_sql(), [_stored(Version, version.pk), number])
    return _model(Page, row) if row else None


@cache
def _readable_sql() -> str:
    return (
        f"SELECT {_columns(Version, 'v')}, {_columns(Credential, 'c')}, {_columns(DataKey, 'k')}"  # noqa: S608 - our own names
        " FROM credentials_credential c JOIN credentials_version v ON v.credential_id = c.id"
        " LEFT JOIN vault_datakey k ON k.id = v.data_key_id"
        " WHERE c.id = %s AND v.number = COALESCE(%s, c.latest) AND c.revoked_at IS NULL"
    )


@cache
def _page_sql() -> str:
    return f"SELECT {_columns(Page, 'p')} FROM credentials_page p WHERE p.version_id = %s AND p.number = %s"  # noqa: S608


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in _fields(model))


@cache
def _fields(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


@cache
def _converters(model: type[Model], vendor: str) -> list[tuple[int, Any, list[Converter]]]:
    """Place in the row, column and converters of every field whose stored form is not its own."""
    columns = [(place, field.get_col(model._meta.db_table)) for place, field in enumerate(_fields(model))]
    found = [
        (place, column, [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)])
        for place, column in columns
    ]
    return [entry for entry in found if entry[2]]


def _model[M: Model](model: type[M], row: Sequence[Any]) -> M:
    values = list(row)
    for place, column, converters in _converters(model, connection.vendor):
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, [field.attname for field in _fields(model)], values)


def _first(sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _stored(model: type[Model], key: UUID) -> Any:
    """A UUID as the database keeps it."""
    return model._meta.pk.get_db_prep_value(key, connection)
