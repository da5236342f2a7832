"""Pages by key hold every row once, in order, in both directions, wherever a column is empty."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from attesta.accounts.models import Person
from attesta.learner.filters import ShareFilter
from attesta.shares.models import Share
from attesta.web import paging

START = datetime(2024, 3, 22, tzinfo=UTC)
VIEWED = [None, 3, 1, None, 3, 2, None, 3]
RUNS = ShareFilter.RUNS


@pytest.fixture
def shares(zoe: Person) -> list[UUID]:
    """Eight shares, some made at the same moment, viewed at the same moment or never; by their ids."""
    return [make(zoe, number, viewed) for number, viewed in enumerate(VIEWED)]


def make(owner: Person, number: int, viewed: int | None) -> UUID:
    share = Share.objects.create(
        owner=owner,
        name=f"{number // 3}",
        search=f"{number // 3}",
        channel="link",
        language="fr",
        token_hash=uuid4().hex,
        token_sealed=b"",
        created_at=START + timedelta(days=number // 2),
        last_consulted_at=START + timedelta(days=viewed) if viewed else None,
        consultations=1 if viewed else 0,
    )
    return share.pk


def expected(sort: str) -> list[UUID]:
    rows = list(Share.objects.all())
    by_id = sorted(rows, key=lambda row: row.pk.hex, reverse=sort not in {"oldest", "name"})
    if sort == "name":
        ordered = sorted(by_id, key=lambda row: row.search)
    elif sort == "oldest":
        ordered = sorted(by_id, key=lambda row: row.created_at)
    elif sort == "newest":
        ordered = sorted(by_id, key=lambda row: row.created_at, reverse=True)
    else:
        seen = [row for row in by_id if row.last_consulted_at]
        never = [row for row in by_id if not row.last_consulted_at]
        ordered = sorted(seen, key=lambda row: row.last_consulted_at or START, reverse=True)
        ordered += sorted(never, key=lambda row: row.created_at, reverse=True)
    return [row.pk for row in ordered]


@pytest.mark.parametrize("sort", RUNS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 20])
def test_forth_and_back(sort: str, size: int, shares: list[UUID]) -> None:
    pages = [paging.page(Share.objects.all(), RUNS[sort], size=size)]
    while (older := pages[-1].older) is not None:
        pages.append(paging.page(Share.objects.all(), RUNS[sort], size=size, after=older))
    assert [row.pk for page in pages for row in page.rows] == expected(sort)
    assert pages[0].newer is None
    for newer, page in itertools.pairwise(pages):
        before = paging.page(Share.objects.all(), RUNS[sort], size=size, before=page.newer)
        assert ([row.pk for row in before.rows], before.older) == ([row.pk for row in newer.rows], newer.older)


@pytest.mark.parametrize("direction", ["after", "before"])
def test_a_place_that_does_not_exist_is_the_first_page(direction: str, shares: list[UUID]) -> None:
    found = paging.page(Share.objects.all(), RUNS["newest"], size=3, **{direction: uuid4()})
    assert [row.pk for row in found.rows] == expected("newest")[:3]
