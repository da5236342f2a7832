"""The overview: four numbers from the days' tallies, a chart with its table, and what was issued last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from attesta.credentials.models import Credential, Tally
from attesta.issuer.views import dashboard
from attesta.organizations.days import today
from attesta.organizations.models import Organization
from tests.issuer.conftest import Issue
from tests.learner import reading

Kind = Tally.Kind


def tally(issuer: Organization, kind: Kind, days_ago: int, total: int) -> None:
    Tally.objects.create(issuer=issuer, kind=kind, day=today() - timedelta(days=days_ago), total=total)


def test_the_numbers_of_thirty_days_and_twelve_months(
    institution: Organization, other_institution: Organization, readers: Client, desk: str
) -> None:
    tally(institution, Kind.ISSUED, 0, 3)
    tally(institution, Kind.ISSUED, 29, 4)
    tally(institution, Kind.ISSUED, 30, 5000)
    tally(institution, Kind.ISSUED, 400, 1000)
    tally(institution, Kind.CONSULTED, 5, 9)
    tally(other_institution, Kind.ISSUED, 1, 7777)
    numbers = [each.text for each in reading.main(readers.get(desk)).all("div", class_="number")]
    assert numbers == [
        "Émis 7 en 30 jours 5 007 en 12 mois",
        "Reçus 0 en 30 jours 0 en 12 mois",
        "Partagés 0 en 30 jours 0 en 12 mois",
        "Consultés 9 en 30 jours 9 en 12 mois",
    ]


@pytest.mark.parametrize(
    ("query", "caption", "total"),
    [
        ("", "Documents émis", 3),
        ("?of=consulted", "Consultations par des destinataires", 9),
        ("?of=shared&by=month", "Documents partagés par les apprenants", 0),
        ("?of=nonsense&by=nonsense", "Documents émis", 3),
        ("?by=month", "Documents émis", 53),
    ],
)
def test_the_chart_has_its_numbers_in_a_table(
    query: str, caption: str, total: int, institution: Organization, readers: Client, desk: str
) -> None:
    tally(institution, Kind.ISSUED, 0, 3)
    tally(institution, Kind.ISSUED, 45, 50)
    tally(institution, Kind.CONSULTED, 2, 9)
    response = readers.get(f"{desk}{query}")
    bodies = reading.table(response, caption).all("tbody")
    assert sum(int(cell.text) for body in bodies for cell in body.all("td")) == total
    assert len(list(reading.main(response).all("rect"))) == len(list(reading.table(response, caption).all("td")))


def test_months_begin_with_their_first_day() -> None:
    assert dashboard.months_before(date(2024, 3, 22), 11) == date(2023, 4, 1)
    assert dashboard.months_before(date(2024, 12, 1), 11) == date(2024, 1, 1)
    days = dashboard.series({date(2024, 2, 29): 2, date(2024, 3, 1): 5}, date(2024, 2, 28), date(2024, 3, 2))
    assert dashboard.by_months(days) == [(date(2024, 2, 1), 2), (date(2024, 3, 1), 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_an_overview_costs_the_same_whatever_was_issued(
    count: int, issue: Issue, readers: Client, desk: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        issue(f"Zoé {number}")
    readers.get(desk)
    with django_assert_num_queries(7):
        response = readers.get(desk)
    assert len(list(reading.main(response).all("li", class_="share-line"))) == count


def test_the_overview_is_its_own_staffs(diploma: Credential, strangers: Client, client: Client, desk: str) -> None:
    assert strangers.get(desk).status_code == 404
    assert client.get(desk).status_code == 302
