"""Fills a benchmark's database: run inside a process of the product (``RunningServer.shell``)."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.activity.querysets import Place
from attesta.activity.verbs import Verb
from attesta.credentials.models import Credential
from attesta.learner.filters import name_of
from attesta.shares import actions, tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel, Item, Share
from tests.harness import cast


def fill(*, many_shares: int, many_lines: int) -> None:
    """Zoé has many shares and one with many lines, Alex has twenty; prints what the load needs, as JSON."""
    zoe, alex = cast.zoe(), cast.alex()
    institution = cast.institution()
    diploma, other = cast.diploma(zoe, institution), cast.diploma(alex, institution)
    shares = _shares(zoe, diploma, many_shares)
    few = _shares(alex, other, 20)
    _lines(shares[0], many_lines)
    _lines(few[0], 20)
    middle = Line.objects.filter(share_id=shares[0].id).order_by("-at", "-id")
    _analyze()
    print(
        json.dumps(
            {
                "token": tokens.token_of(shares[0]),
                "open_token": tokens.token_of(shares[1]),
                "document": str(diploma.id),
                "zoe": _session(zoe),
                "alex": _session(alex),
                "busy_share": str(shares[0].id),
                "quiet_share": str(few[0].id),
                "deep_line": _deep(list(middle[many_lines - 30 : many_lines - 29])),
            }
        )
    )


def _shares(owner: Person, credential: Credential, number: int) -> list[Share]:
    offer = Offer(name="Partage", channel=Channel.LINK, language="fr")
    real = [actions.create(by=owner, credentials=[credential], offer=offer)[0] for _ in range(2)]
    now = timezone.now()
    rows = [
        Share(
            owner=owner,
            name=f"Partage {n:05d}",
            search=f"partage {n:05d}",
            channel=Channel.LINK,
            language="fr",
            token_hash=f"{owner.id.hex}{n:032x}",
            token_sealed=real[0].token_sealed,
            created_at=now - timedelta(minutes=n),
        )
        for n in range(number - 2)
    ]
    Share.objects.bulk_create(rows, batch_size=1000)
    items = [Item(share=row, credential=credential, position=0) for row in rows]
    Item.objects.bulk_create(items, batch_size=1000)
    return real + rows


def _lines(share: Share, number: int) -> None:
    now = timezone.now()
    document = {"documents": [{"id": str(uuid.uuid4()), "fr": "Diplôme", "en": "Diploma"}]}
    for start in range(0, number, 20_000):
        Line.objects.bulk_create(
            (
                Line(
                    at=now - timedelta(seconds=n),
                    verb=Verb.OPENED,
                    share_id=share.id,
                    owner_id=share.owner_id,
                    facts=document,
                )
                for n in range(start, min(start + 20_000, number))
            ),
            batch_size=2000,
        )


def _deep(found: list[Line]) -> str:
    """A place near the end of the history, as the share's page names it."""
    return name_of(Place(found[0].at, found[0].id)) if found else ""


def _session(person: Person) -> str:
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
