"""Every URL for every role (``url_roles.py`` is the table)."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel
from tests.harness import passkeys
from tests.house.url_roles import ROLES, ROWS, Answer, Row

PIN = "482913"
NAMING = (b"baccalaur", b"Bachelor", b"Admission", b"Zo\xc3\xa9")


@dataclass(frozen=True, slots=True)
class World:
    names: dict[str, str]
    browsers: dict[str, Client]


@pytest.fixture
def world(
    zoe: Person, alex: Person, registrar: Person, other_registrar: Person, operator: Person, diploma: Credential
) -> World:
    """Zoé shares her diploma by e-mail with a PIN, by link, and someone has opened the link; she has a passkey."""
    request_key = uuid.uuid4()
    by_mail = Offer(
        name="Admission", channel=Channel.EMAIL, language="fr", recipients=["admission@uni.example"], pin=PIN
    )
    share = actions.create(by=zoe, credentials=[diploma], offer=by_mail, request_key=request_key)[0]
    by_link = Offer(name="Lien", channel=Channel.LINK, language="fr")
    link = actions.create(by=zoe, credentials=[diploma], offer=by_link)[0]
    recipient = Client()
    opened = recipient.post(f"/s/{tokens.token_of(link)}")
    people = {"owner": zoe, "learner": alex, "staff_x": registrar, "staff_y": other_registrar, "operator": operator}
    return World(
        names={
            "share": str(share.pk),
            "document": str(diploma.pk),
            "code": str(diploma.code),
            "token": str(tokens.token_of(share)),
            "visit": opened.headers["Location"].strip("/").split("/")[1],
            "request_key": str(request_key),
            "passkey": str(passkeys.register(zoe).pk),
        },
        browsers={"anonymous": Client(), "recipient": recipient} | {role: browser(who) for role, who in people.items()},
    )


def browser(person: Person) -> Client:
    """Signed in a moment ago with a password, so that nothing asks for it again."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def names(resolver: URLResolver, spaces: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield spaces + (pattern.name or str(pattern.pattern))


@dataclass(frozen=True, slots=True)
class Got:
    """The status, or "login" for a redirect to sign-in; and the body."""

    answer: Answer
    body: bytes


def ask(client: Client, row: Row, world: World) -> Got:
    """One request whose effects are taken back."""
    with transaction.atomic():
        response = client.generic(
            row.method,
            row.path.format(**world.names),
            data="&".join(f"{name}={value}" for name, value in row.data.items()),
            content_type="application/x-www-form-urlencoded",
        )
        body = response.getvalue()
        transaction.set_rollback(True)
    to_login = response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/")
    return Got("login" if to_login else response.status_code, body)


def test_trust_17_every_url_has_a_row() -> None:
    assert sorted(set(names(get_resolver()))) == sorted(ROWS)


def test_trust_17_every_row_says_what_each_role_gets() -> None:
    assert {row.path: len(row.expected) for rows in ROWS.values() for row in rows if len(row.expected) != 7} == {}


def test_trust_17_every_url_for_every_role(world: World) -> None:
    """Each gets what the table says; and a 404 holds no word of the document or the share."""
    wrong, telling = [], []
    for row in (row for rows in ROWS.values() for row in rows):
        for role, expected in zip(ROLES, row.expected, strict=True):
            got = ask(world.browsers[role], row, world)
            if got.answer != expected:
                wrong.append(f"{row.method} {row.path} as {role}: {got}, not {expected}")
            if expected == 404:
                telling += [f"{row.path} tells {role} {word!r}" for word in NAMING if word in got.body]
    assert wrong == []
    assert telling == []
