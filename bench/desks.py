"""Two institutions, one with a hundred documents and one with many; run inside a process of the product."""

from __future__ import annotations

import json
import statistics
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from attesta.activity.statements import fields, stored
from attesta.credentials import searching
from attesta.credentials.models import Credential, Tally, Term
from attesta.organizations.models import Organization
from tests.harness import cast

FEW = 100
AT_ONCE = 5000
NEWEST = datetime(2026, 6, 12, tzinfo=UTC)
ROWS = 33
"""What every narrowed list finds at least, so that both desks fill a page and the same is drawn."""

GIVEN = ("Zoé", "Marie-Claude")
FAMILY = ("Tremblay", "Tremblay", "Citoyenne")
DAYS = 3650
PAGES = {
    "overview": "",
    "list": "documents/",
    "list, a page in the middle": "documents/?after={middle}",
    "list, by day of issue": "documents/?sort=oldest",
    "search: a number": "documents/?q={number}",
    "search: a mailbox": "documents/?q=p{rare}@example.org",
    "search: a name that few have": "documents/?q=rare{rare}",
    "search: a name that many have": "documents/?q=tremblay",
    "search: two names": "documents/?q=zoe+tremblay",
    "search: the beginning of a word": "documents/?q=t",
    "search: a word that all have": "documents/?q=diplome",
    "search: it and a rare status": "documents/?q=diplome&status=revoked",
    "revoked": "documents/?status=revoked",
    "updated": "documents/?status=updated",
    "waiting": "documents/?held=waiting",
    "claimed and updated": "documents/?held=claimed&status=updated",
    "issued in some days": "documents/?since={first}&until={last}",
    "one document": "documents/{middle}/",
}


def measure(*, many: int, rounds: int) -> None:
    """Prints the faster quarter's bound of each page for both, as JSON: a busy machine is slow at its own times."""
    desks = [Desk(cast.institution(), FEW), Desk(cast.other_institution(), many)]
    make_room(megabytes=16)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times = {name: [[0.0] * rounds for _ in desks] for name in PAGES}
    for turn in range(-1, rounds):  # the first is to warm up
        for name, page in PAGES.items():
            for place, desk in enumerate(desks):
                taken = desk.ask(page)
                times[name][place][max(turn, 0)] = taken
    print(json.dumps({name: [statistics.quantiles(each)[0] for each in both] for name, both in times.items()}))


class Desk:
    def __init__(self, issuer: Organization, total: int) -> None:
        self.issuer, self.total = issuer, total
        self.learner = cast.person(f"learner@{issuer.slug}.example", name="Zoé Citoyenne")
        self.ids = [uuid.uuid4() for _ in range(total)]
        fill(self)
        staff = cast.registrar(issuer, f"staff@{issuer.slug}.example")
        Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
        self.browser = Client()
        self.browser.force_login(staff)
        middle = total // 2
        self.names = {
            "middle": self.ids[middle],
            "number": f"2026-{middle:07}",
            "rare": middle,
            "first": day_of(middle) - timedelta(days=max(ROWS * min(DAYS, total) // total, 1)),
            "last": day_of(middle),
        }

    def ask(self, page: str) -> float:
        """Milliseconds."""
        address = f"/issuer/{self.issuer.slug}/{page.format(**self.names)}"
        begin = time.perf_counter()
        answer = self.browser.get(address)
        taken = (time.perf_counter() - begin) * 1000
        assert answer.status_code in (200, 404), (address, answer.status_code)
        return taken


def day_of(number: int) -> date:
    return (NEWEST - timedelta(days=number % DAYS)).date()


def fill(desk: Desk) -> None:
    """Rows alone: lists and searches read no file."""
    make_room()
    for part in batched(range(desk.total), AT_ONCE):
        rows = [credential(desk, number) for number in part]
        with transaction.atomic():
            insert(Credential, rows)
            insert(Term, sorted((term for row in rows for term in searching.terms(row)), key=lambda term: term.word))
    Tally.objects.bulk_create(
        Tally(issuer=desk.issuer, kind=kind, day=(NEWEST - timedelta(days=n)).date(), total=n)
        for kind in Tally.Kind.values
        for n in range(365)
    )


def make_room(megabytes: int = 1000) -> None:
    """SQLite's usual cache is for pages, not for building indexes of millions."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{megabytes * 1000}")


def credential(desk: Desk, number: int) -> Credential:
    """Some are revoked, some updated, half are claimed, however many there are."""
    total, at = desk.total, NEWEST - timedelta(seconds=number)
    rare = number % max(total // ROWS, 3)
    claimed = number % 2 == 0
    return Credential(
        id=desk.ids[number],
        issuer=desk.issuer,
        learner=desk.learner if claimed else None,
        claimed_at=at if claimed else None,
        learner_email=f"p{number}@example.org",
        learner_name=f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} Rare{number}",
        number=f"2026-{number:07}",
        title_fr="Diplôme",
        title_en="Diploma",
        folded_fr="diplome",
        folded_en="diploma",
        issued_on=day_of(number),
        created_at=at,
        revoked_at=at if rare == 1 else None,
        latest=2 if rare == 2 else 1,
        updated_at=at if rare == 2 else None,
    )


def insert(kind: type[Model], rows: list[Any]) -> None:
    """Without the ORM's care for each row: there are millions."""
    columns = [field for field in fields(kind) if field.get_internal_type() != "BigAutoField"]
    names = ", ".join(f'"{field.column}"' for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = f'"{kind._meta.db_table}" ({names})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:  # psycopg's own
                for row in values(columns, rows):
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(values(columns, rows)))


def values(columns: list[Any], rows: list[Any]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(
            stored(value) if isinstance(value := getattr(row, field.attname), uuid.UUID | datetime)
            else field.get_db_prep_save(value, connection)
            for field in columns
        )  # fmt: skip
