"""Statements by hand do what the ORM's would: errors undo them, and what is text stays text."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from attesta.activity import ledger, statements
from attesta.activity.models import Line
from attesta.activity.verbs import Verb

NOON = datetime(2026, 3, 22, 12, tzinfo=UTC)
COUNT = "SELECT count(*) FROM activity_line WHERE verb = %s"


def test_rows_of_what_returns_some_and_of_what_returns_none(db: None) -> None:
    assert statements.select("SELECT CAST(%s AS INTEGER) WHERE 1 = %s", [4, 1]) == [(4,)]
    assert statements.first("SELECT 3 WHERE 1 = %s", [2]) is None
    assert statements.select("DELETE FROM shares_viewsofday WHERE day = %s", [NOON.date()]) == []


def test_what_is_inserted_is_text_and_nothing_else(db: None) -> None:
    statements.insert(Line(at=NOON, verb=Verb.OPENED, facts={"agent": "50 %s; --"}))
    assert statements.select(COUNT, [Verb.OPENED]) == [(1,)]
    assert Line.objects.get().facts == {"agent": "50 %s; --"}


def test_an_error_undoes_them_all_and_the_connection_goes_on(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.write(Verb.OPENED, at=NOON)
        statements.select("SELECT * FROM nowhere WHERE 1 = %s", [1])
    assert not Line.objects.exists()
    assert connection.is_usable()


def test_postgresql_plans_each_once_a_connection(db: None) -> None:
    for verb in (Verb.OPENED, Verb.REFUSED):
        assert statements.select(COUNT, [verb]) == [(0,)]
    if connection.vendor == "postgresql":
        assert statements.select(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%line%"]
        ) == [(COUNT.replace("%s", "$1"),)]


def test_a_column_that_a_migration_makes_wider_is_read_on(db: None) -> None:
    """PostgreSQL refuses a plan from before: the connection must not keep it until the process ends."""
    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(1) as beside:  # outside of the test's own transaction
            assert beside.submit(read_while_widened).result() == [[("Zoé",)]] * 3


def read_while_widened() -> list[statements.Rows]:
    widen = "DO $$ BEGIN ALTER TABLE widened ALTER COLUMN name TYPE varchar(20); END $$"  # as from another connection
    found = []
    with contextlib.closing(connection):
        for step in ("CREATE TABLE widened AS SELECT CAST('Zoé' AS varchar(9)) AS name", widen, "SELECT 1"):
            with connection.cursor() as cursor:
                cursor.execute(step)
            found.append(statements.select("SELECT name FROM widened WHERE name <> %s", ["x"]))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE widened")
    return found


def test_behind_a_pooler_nothing_is_prepared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    statements.select(COUNT, [Verb.OPENED])
    if connection.vendor == "postgresql":
        monkeypatch.setattr(connection.connection, "prepare_threshold", None)
        statements.select("SELECT 'never prepared', %s", ["x"])
        kept = statements.select("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%never%"])
        assert kept == []
