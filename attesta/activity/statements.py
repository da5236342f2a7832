"""Statements written once, for what is asked or told more often than everything else together.

The ORM builds a statement anew each time, at several times the cost of the statement itself. Here the SQL is a
constant, which PostgreSQL plans once a connection, and rows become ordinary models through their fields' own
converters, so nothing else notices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import NotSupportedError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Converter = Callable[[Any, Any, Any], Any]
Rows = list[tuple[Any, ...]]


def select(sql: str, values: Sequence[Any]) -> Rows:
    """The rows; none when the statement returns none."""
    try:
        return _select(sql, values)
    except NotSupportedError:
        if connection.in_atomic_block:
            raise  # its rollback forgets all plans
        connection.close()  # a migration has changed what a plan gives: one connection would refuse it for ever
        return _select(sql, values)


def _select(sql: str, values: Sequence[Any]) -> Rows:
    with _cursor() as cursor:
        cursor.execute(sql, values)
        return cast(Rows, cursor.fetchall()) if cursor.description else []


def first(sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    rows = select(sql, values)
    return rows[0] if rows else None


def insert(row: Model) -> None:
    """One INSERT, with nothing read back: a key that the database makes stays unknown."""
    written = _written(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in written]
    select(_insertion(type(row)), values)


def model[M: Model](kind: type[M], row: Sequence[Any], names: tuple[str, ...] | None = None) -> M:
    """A model from the part of a row that ``columns(kind, …)`` asked for; ``names`` when it asked for some only."""
    values = list(row)
    for place, column, converters in _converters(kind, names, connection.vendor):
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return kind.from_db(connection.alias, [field.attname for field in fields(kind, names)], values)


def columns(kind: type[Model], alias: str, names: tuple[str, ...] | None = None) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in fields(kind, names))


@cache
def fields(kind: type[Model], names: tuple[str, ...] | None = None) -> list[Any]:
    """In the order of ``columns``."""
    return [field for field in kind._meta.concrete_fields if names is None or field.attname in names]


def stored(value: UUID | datetime) -> Any:
    """As the database keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if connection.features.has_native_uuid_field else value.hex


def as_uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _cursor() -> CursorWrapper:
    """PostgreSQL plans what comes through it once a connection, and then only fills it in: a third of the time.

    Unless ``prepare_threshold`` forbids it (settings).
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - needs psycopg

    connection.ensure_connection()
    usual, connection.connection.cursor_factory = connection.connection.cursor_factory, ServerBindingCursor
    try:
        return connection.cursor()
    finally:
        connection.connection.cursor_factory = usual


@cache
def _written(kind: type[Model]) -> list[Any]:
    return [field for field in fields(kind) if field.get_internal_type() != "BigAutoField"]


@cache
def _insertion(kind: type[Model]) -> str:
    names = ", ".join(f'"{field.column}"' for field in _written(kind))
    marks = ", ".join("%s" for _ in _written(kind))
    return f'INSERT INTO "{kind._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own columns


@cache
def _converters(
    kind: type[Model], names: tuple[str, ...] | None, vendor: str
) -> list[tuple[int, Any, list[Converter]]]:
    """Place in the row, column and converters of every field whose stored form is not its own, for this ``vendor``."""
    found = []
    for place, field in enumerate(fields(kind, names)):
        column = field.get_col(kind._meta.db_table)  # a foreign key's converts like what it names
        converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if converters:
            found.append((place, column, converters))
    return found
