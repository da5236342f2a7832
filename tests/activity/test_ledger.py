"""The ledger is written once and never changed."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from attesta.activity import ledger
from attesta.activity.models import Line
from attesta.activity.querysets import COUNT_CAP, History, Sought
from attesta.activity.verbs import Verb

NOON = datetime(2026, 3, 22, 12, tzinfo=UTC)


def test_a_line_keeps_what_it_was_given(db: None) -> None:
    ids: dict[str, Any] = {
        name: uuid.uuid4() for name in ("actor_id", "owner_id", "issuer_id", "credential_id", "share_id", "visit_id")
    }
    facts = {"documents": [{"fr": "Diplôme « A »", "en": "Diploma"}]}
    ledger.write(Verb.OPENED, at=NOON, actor_label="Zoé", recipient_label="r@x.ca", facts=facts, **ids)
    line = Line.objects.get()
    assert {name: getattr(line, name) for name in ids} == ids
    assert (line.verb, line.at, line.actor_label, line.recipient_label) == ("share-opened", NOON, "Zoé", "r@x.ca")
    assert line.facts == facts


def test_writing_is_one_insert(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ledger.write(Verb.OPENED, at=NOON)
    assert len(queries) == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_line(db: None, change: str) -> None:
    ledger.write(Verb.OPENED, at=NOON)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows = Line.objects.all()
        rows.update(verb="forged") if change == "update" else rows.delete()
    assert Line.objects.get().verb == "share-opened"


def test_a_history_pages_by_key_through_share_and_document_lines(db: None) -> None:
    share, document = uuid.uuid4(), uuid.uuid4()
    for minute in range(5):
        ledger.write(Verb.OPENED, at=NOON + timedelta(minutes=minute), share_id=share)
    ledger.write(Verb.UPDATED, at=NOON + timedelta(minutes=2), credential_id=document)
    ledger.write(Verb.UPDATED, at=NOON - timedelta(days=1), credential_id=document)  # before the share was made
    ledger.write(Verb.ISSUED, at=NOON + timedelta(minutes=3), credential_id=document)  # not about the share
    ledger.write(Verb.OPENED, at=NOON, share_id=uuid.uuid4())
    history = History(share, [document], since=NOON)
    seen, place = [], None
    while True:
        lines, place = history.page(size=2, before=place)
        seen.append([(line.at.minute, line.verb) for line in lines])
        if place is None:
            break
    opened, updated = "share-opened", "document-updated"
    assert seen == [[(4, opened), (3, opened)], [(2, updated), (2, opened)], [(1, opened), (0, opened)]]
    assert history.count() == 6


def test_a_history_can_be_narrowed(db: None) -> None:
    share = uuid.uuid4()
    ledger.write(Verb.OPENED, at=NOON, share_id=share, actor_label="jeanne@uni.example")
    ledger.write(Verb.CREATED, at=NOON, share_id=share, actor_label="Zoé")
    assert History(share, verbs={Verb.OPENED}).count() == 1
    assert [line.verb for line in History(share, sought=Sought(text="JEANNE")).page(size=9)[0]] == ["share-opened"]


def test_counting_stops_above_a_thousand(db: None) -> None:
    share = uuid.uuid4()
    Line.objects.bulk_create(Line(at=NOON, verb=Verb.OPENED, share_id=share) for _ in range(COUNT_CAP + 5))
    assert History(share).count() == COUNT_CAP + 1
