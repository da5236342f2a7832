"""Statements that leave together are several still: each has its own rows, and its own sight of what is there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from attesta.activity import ledger, statements
from attesta.activity.models import Line
from attesta.activity.verbs import Verb

NOON = datetime(2026, 3, 22, 12, tzinfo=UTC)
COUNT = "SELECT count(*) FROM activity_line WHERE verb = %s"


def test_each_has_its_own_rows(db: None) -> None:
    assert statements.together(("SELECT %s, %s", [1, 2]), ("SELECT 3 WHERE 1 = %s", [2]), ("SELECT %s", [4])) == [
        [(1, 2)],
        [],
        [(4,)],
    ]


def test_a_later_one_sees_what_an_earlier_one_wrote(db: None) -> None:
    another = statements.insertion(Line(at=NOON, verb=Verb.OPENED, facts={"agent": "50 %s; --"}))
    found = ledger.write(Verb.OPENED, at=NOON, along=[another, (COUNT, [Verb.OPENED]), (COUNT, [Verb.REFUSED])])
    assert found == [[], [(2,)], [(0,)]]
    assert Line.objects.latest("pk").facts == {"agent": "50 %s; --"}


def test_an_error_undoes_them_all_and_the_connection_goes_on(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.write(Verb.OPENED, at=NOON, along=[("SELECT * FROM nowhere WHERE 1 = %s", [1])])
    assert not Line.objects.exists()
    assert connection.is_usable()
