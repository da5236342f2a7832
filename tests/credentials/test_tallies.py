"""Days are counted from the ledger, each line once, whoever counts; a page only sums them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import tallies
from attesta.credentials.models import Credential, Tally, TallyCursor, Term
from attesta.organizations.models import Organization
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer, Visitor
from attesta.shares.models import Channel, Share
from tests.credentials.test_processes import TOGETHER
from tests.harness.server import RunningServer

LATER = timedelta(minutes=2)
Kind = Tally.Kind


@pytest.fixture
def product() -> Iterator[RunningServer]:
    """A data folder of its own; only its commands run."""
    with closing(RunningServer()) as product:
        yield product


def share(zoe: Person, *credentials: Credential) -> Share:
    offer = Offer(name="Partage01", channel=Channel.LINK, language="fr")
    return actions.create(by=zoe, credentials=list(credentials), offer=offer)[0]


def view(share: Share, times: int = 1) -> None:
    for number in range(times):
        visitor = Visitor(network="192.0.2.1", device=f"device {number}", agent="Mozilla/5.0 Firefox/140.0")
        actions.open(token=tokens.token_of(share), visitor=visitor)


def counted(issuer: Organization) -> dict[str, int]:
    return tallies.totals(issuer, date(2000, 1, 1))


def test_issued_claimed_shared_and_consulted_are_counted(
    zoe: Person, diploma: Credential, institution: Organization, other_institution: Organization
) -> None:
    view(share(zoe, diploma), times=3)
    assert tallies.roll_up() == 0  # a minute ago is too young
    assert tallies.roll_up(now=timezone.now() + LATER) > 0
    assert counted(institution) == {"issued": 1, "claimed": 1, "shared": 1, "consulted": 3}
    assert counted(other_institution) == dict.fromkeys(Kind.values, 0)
    assert tallies.roll_up(now=timezone.now() + LATER) == 0


def test_each_document_counts_for_its_own_institution(
    zoe: Person, diploma: Credential, institution: Organization, other_institution: Organization
) -> None:
    theirs = Credential.objects.create(
        issuer=other_institution,
        learner=zoe,
        learner_email=zoe.email,
        title_fr="Relevé",
        title_en="Transcript",
        issued_on=date(2024, 3, 22),
        created_at=timezone.now(),
        claimed_at=timezone.now(),
    )
    share(zoe, diploma, theirs)
    tallies.roll_up(now=timezone.now() + LATER)
    assert (counted(institution)["shared"], counted(other_institution)["shared"]) == (1, 1)


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_every_line_is_counted_once_in_parts_of_any_size(
    zoe: Person, diploma: Credential, institution: Organization, limit: int
) -> None:
    view(share(zoe, diploma), times=2)
    now = timezone.now() + LATER
    while tallies.roll_up(limit, now=now):
        pass
    assert counted(institution) == {"issued": 1, "claimed": 1, "shared": 1, "consulted": 2}
    assert TallyCursor.objects.get().line == Line.objects.latest("pk").pk


def test_workers_side_by_side_count_each_line_once(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from attesta.activity.models import Line
from attesta.credentials import tallies
ago = timezone.now() - timedelta(minutes=5)
facts = {"issuer_id": institution.pk, "at": ago, "verb": "issued"}
Line.objects.bulk_create(Line(credential_id=uuid4(), **facts) for _ in range(300))
def count(number):
    done = 0
    while part := tallies.roll_up(7):
        done += part
    return done
print(sum(together(4, count)), tallies.totals(institution, date(2000, 1, 1))["issued"])
"""
    )
    assert said == "300 300\n"


def test_documents_without_words_get_them(diploma: Credential) -> None:
    Term.objects.all().delete()
    tallies.roll_up(now=timezone.now() + LATER)
    assert diploma.terms.filter(word="baccalaureat").exists()


def test_days_are_told_by_kind(zoe: Person, diploma: Credential, institution: Organization) -> None:
    view(share(zoe, diploma), times=2)
    tallies.roll_up(now=timezone.now() + LATER)
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    assert tallies.by_day(institution, Kind.CONSULTED, today) == {today: 2}
    assert tallies.totals(institution, today + timedelta(days=1)) == dict.fromkeys(Kind.values, 0)
