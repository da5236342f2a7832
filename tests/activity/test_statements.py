"""Statements by hand do what the ORM's would: errors undo them, and what is text stays text."""

from __future__ import annotations

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


def test_behind_a_pooler_nothing_is_prepared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    statements.select(COUNT, [Verb.OPENED])
    if connection.vendor == "postgresql":
        monkeypatch.setattr(connection.connection, "prepare_threshold", None)
        statements.select("SELECT 'never prepared', %s", ["x"])
        kept = statements.select("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%never%"])
        assert kept == []
