"""Nothing of one institution is there for another: every address of the desk, every kind of id, every role."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.batches import actions as batches
from attesta.credentials.batches import checking
from attesta.credentials.models import Batch, Template
from attesta.issuer import rules, urls
from attesta.organizations import actions as organizations
from attesta.organizations.models import Membership, Organization, Role
from attesta.organizations.rules import may
from tests.harness import cast
from tests.issuer.conftest import signed_in_at, with_factor
from tests.issuer.desk_urls import ROWS, address

pytestmark = pytest.mark.django_db
TABLE = "document_number,learner_email,issued_on,learner_name,degree_fr,degree_en\n"
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Desk:
    """An institution, one id of each kind of thing it has, and a browser for each role."""

    organization: Organization
    things: Mapping[str, object]
    browsers: Mapping[str, Client]

    def address(self, name: str, **foreign: object) -> str:
        return address(name, self.organization.slug, {**self.things, **foreign})


@pytest.fixture
def ours(institution: Organization) -> Desk:
    return desk_of(institution, "ours.example")


@pytest.fixture
def theirs(other_institution: Organization) -> Desk:
    return desk_of(other_institution, "faraway.example")


def desk_of(organization: Organization, domain: str) -> Desk:
    staff = {role: person(organization, role, domain) for role in Role}
    learner = cast.person(f"learner@{domain}", name="Léa Lointaine")
    draft = TemplateDraft("Diplôme secret", "Diplôme secret", "Secret degree", {})
    template = templates.create_template(issuer=organization, kind="diploma", draft=draft, by=None)
    invitation = organizations.invite(organization=organization, email=f"new@{domain}", role="reader", by=None)
    things = {
        "document": cast.diploma(learner, organization).pk,
        "template": template.pk,
        "batch": batch_of(organization, template, domain).pk,
        "person": person(organization, Role.READER, f"b.{domain}").pk,
        "invitation": invitation.pk,
    }
    return Desk(organization, things, {role.value: browser(one) for role, one in staff.items()})


def person(organization: Organization, role: Role, domain: str) -> Person:
    one = with_factor(cast.person(f"{role}@{domain}", name=f"{role.title()} Lointaine"))
    Membership.objects.create(organization=organization, person=one, role=role)
    return one


def batch_of(organization: Organization, template: Template, domain: str) -> Batch:
    """Waits for a second person."""
    Organization.objects.filter(pk=organization.pk).update(approval_above=0)
    organization.refresh_from_db()
    row = f"S-1,learner@{domain},2026-06-12,Léa Lointaine,Grade,Degree\n"
    batch = batches.hand_in(
        issuer=organization,
        form="csv",
        file=(TABLE + row).encode(),
        file_name="lointaine.csv",
        template=template,
        by=None,
    )
    return checking.check(batch)


def browser(one: Person, *, age: float = 0) -> Client:
    client = signed_in_at(one, time.time() - age)
    client.raise_request_exception = False
    return client


@dataclass(frozen=True, slots=True)
class Got:
    status_code: int
    location: str
    body: str


def ask(client: Client, method: str, path: str) -> Got:
    """One request whose effects are taken back."""
    with transaction.atomic():
        response = client.generic(method, path)
        body = response.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    return Got(response.status_code, response.headers.get("Location", ""), body)


def names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def test_trust_18_every_address_of_the_desk_has_a_row() -> None:
    assert sorted(names(urls.urlpatterns)) == sorted([*ROWS, "home"])


def test_trust_18_another_institution_s_desk_is_not_there(ours: Desk, theirs: Desk) -> None:
    wrong = [
        (method, name, role, answer.status_code)
        for name, row in ROWS.items()
        for role, stranger in ours.browsers.items()
        for method in {row.method, "GET", "POST"}
        if (answer := ask(stranger, method, theirs.address(name))).status_code != 404
        and not (method != row.method and answer.status_code == 405)
    ]
    assert wrong == []


def test_trust_18_another_institution_s_things_are_not_at_ours(ours: Desk, theirs: Desk) -> None:
    """One id of theirs among ours, of each kind in turn, in every role that may ask at all."""
    wrong: list[tuple[str, str, str, int | str]] = []
    for name, row in ROWS.items():
        for thing in row.ids.values():
            path = ours.address(name, **{thing: theirs.things[thing]})
            for role, stranger in ours.browsers.items():
                answer = ask(stranger, row.method, path)
                if answer.status_code != (404 if may(role, row.act) else 403):
                    wrong.append((name, thing, role, answer.status_code))
                if any(secret in answer.body and secret not in path for secret in told_elsewhere(theirs)):
                    wrong.append((name, thing, role, "tells"))
    assert wrong == []


def told_elsewhere(theirs: Desk) -> list[str]:
    """Words that only the other institution's things hold."""
    return ["faraway", theirs.organization.name_fr]


def test_trust_18_lists_hold_nothing_of_another_institution(ours: Desk, theirs: Desk) -> None:
    words = [*told_elsewhere(theirs), *(str(thing) for thing in theirs.things.values())]
    lists = [name for name, row in ROWS.items() if row.method == "GET" and not row.ids]
    pages = {name: ask(ours.browsers["administrator"], "GET", ours.address(name)).body for name in lists}
    telling = [(name, word) for name, page in pages.items() for word in words if word in page]
    assert telling == []


def test_trust_17_each_role_gets_what_the_table_of_acts_says(ours: Desk) -> None:
    wrong = [
        (name, role, answer.status_code)
        for name, row in ROWS.items()
        for role, client in ours.browsers.items()
        if (answer := ask(client, row.method, ours.address(name))).status_code >= SERVER_ERROR
        or (answer.status_code == 403) == may(role, row.act)
        or answer.status_code == 404
    ]
    assert wrong == []


def test_trust_20_without_a_second_factor_nothing_opens(ours: Desk) -> None:
    bare = cast.person("bare@ours.example")
    Membership.objects.create(organization=ours.organization, person=bare, role=Role.ADMINISTRATOR)
    client = browser(bare)
    assert {ask(client, row.method, ours.address(name)).status_code for name, row in ROWS.items()} == {403}


def test_trust_20_a_sign_in_of_yesterday_only_looks(ours: Desk) -> None:
    late = person(ours.organization, Role.ADMINISTRATOR, "late.example")
    client = browser(late, age=RECENT + 60)
    wrong = [
        name
        for name, row in ROWS.items()
        if ("reauthenticate" in ask(client, row.method, ours.address(name)).location) != rules.must_be_recent(row.act)
    ]
    assert wrong == []


def test_trust_17_nobody_else_has_a_desk(ours: Desk, zoe: Person, operator: Person, client: Client) -> None:
    for outsider in (zoe, operator):
        their = browser(with_factor(outsider))
        assert {ask(their, row.method, ours.address(name)).status_code for name, row in ROWS.items()} == {404}
    answers = [ask(client, row.method, ours.address(name)) for name, row in ROWS.items()]
    assert {answer.location.partition("?")[0] for answer in answers} == {"/accounts/login/"}


def test_trust_17_who_is_removed_loses_the_desk_at_once(ours: Desk) -> None:
    Membership.objects.filter(organization=ours.organization, role=Role.ISSUER).delete()
    client = ours.browsers["issuer"]
    assert {ask(client, row.method, ours.address(name)).status_code for name, row in ROWS.items()} == {404}
