"""Operators find lines by an id, a verb or a day; what a learner wrote of a share stays theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory

from attesta.activity import ledger
from attesta.activity.admin import LineAdmin
from attesta.activity.models import Line
from attesta.activity.verbs import Verb

pytestmark = pytest.mark.django_db
SHARE, DOCUMENT, INSTITUTION = UUID(int=1), UUID(int=2), UUID(int=3)
NOON = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
LATE = datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
"""Half past eleven in the evening of the last day of June, in Toronto."""


def found(words: str) -> list[str]:
    page = LineAdmin(Line, admin.site)
    lines, doubled = page.get_search_results(RequestFactory().get("/"), Line.objects.order_by("pk"), words)
    assert doubled is False
    return [line.verb for line in lines]


@pytest.fixture
def lines() -> None:
    changes = {"purpose": ["", "Pour mon rêve"]}
    ledger.write(Verb.ISSUED, at=NOON, credential_id=DOCUMENT, issuer_id=INSTITUTION, facts={"fr": "Diplôme"})
    ledger.write(Verb.ROLE_CHANGED, at=NOON, issuer_id=INSTITUTION, facts={"role": ["reader", "issuer"]})
    ledger.write(Verb.EDITED, at=LATE, share_id=SHARE, facts={"changes": changes, "channel": "link"})


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        (str(SHARE), [Verb.EDITED]),
        (str(DOCUMENT), [Verb.ISSUED]),
        (str(INSTITUTION), [Verb.ROLE_CHANGED]),
        (str(UUID(int=9)), []),
        ("issued", [Verb.ISSUED]),
        ("2026-06-30", [Verb.ISSUED, Verb.ROLE_CHANGED, Verb.EDITED]),
        ("2026-07-01", []),
        (f"2026-06-30 {SHARE}", [Verb.EDITED]),
        (f"issued {SHARE}", []),
        ("9999-12-31", []),
        ("0001-01-01", []),
        ("anything", []),
        ("", [Verb.ISSUED, Verb.ROLE_CHANGED, Verb.EDITED]),
    ],
)
def test_lines_are_found_by_id_verb_and_day(lines: None, words: str, verbs: list[Verb]) -> None:
    assert found(words) == verbs


def test_the_words_of_a_learner_are_not_told(lines: None) -> None:
    page = LineAdmin(Line, admin.site)
    assert [page.told(line) for line in Line.objects.order_by("pk")] == [
        '{"fr": "Diplôme"}',
        '{"role": ["reader", "issuer"]}',
        '{"channel": "link"}',
    ]


def test_what_a_learner_calls_the_recipient_is_not_told(lines: None) -> None:
    """The address that a letter went to is; so is whom a line of an institution is about."""
    ledger.write(Verb.CREATED, at=NOON, share_id=SHARE, recipient_label="Mon ex-patron, pour le dossier")
    ledger.write(Verb.CREATED, at=NOON, share_id=SHARE, recipient_label="r@uni.example")
    ledger.write(Verb.ROLE_CHANGED, at=NOON, issuer_id=INSTITUTION, recipient_label="Rémi Registraire")
    page = LineAdmin(Line, admin.site)
    told = [page.for_whom(line) for line in Line.objects.order_by("-pk")[:3]]
    assert told == ["Rémi Registraire", "r@uni.example", ""]
    assert "recipient_label" not in (*page.list_display, *page.fields)


@pytest.mark.parametrize("id", [SHARE, DOCUMENT, INSTITUTION])
def test_a_search_by_id_reads_indexes_and_not_the_ledger(lines: None, id: UUID) -> None:
    """Also the list without a search: its order is the table's own."""
    page = LineAdmin(Line, admin.site)
    sought, _doubled = page.get_search_results(RequestFactory().get("/"), Line.objects.order_by("-id"), str(id))
    if connection.vendor == "sqlite":
        plan = sought[:50].explain()
        steps = [step.strip() for step in plan.splitlines()]
        assert [step for step in steps if "SCAN" in step] == []
        assert {name for name in ("share", "credential", "institution") if f"line_by_{name}" in plan} == {
            "share",
            "credential",
            "institution",
        }
        assert "TEMP B-TREE" not in Line.objects.order_by("-id")[:50].explain()
