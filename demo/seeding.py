"""Fills a demonstration: the cast, its stories, and pictures of the first pages that its users meet."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from attesta.accounts.models import Person
from attesta.credentials.contents import Contents
from attesta.credentials.models import Version
from demo import timeline
from demo.cast import PEOPLE, gather
from demo.models import ToldStory
from demo.stories import ALL

WHOLE = "all stories"  # told to the end: those that a newer Attesta has besides need not fit into what these left


class NotOurs(ValueError):
    """The database holds people that no demonstration invented."""


def check() -> None:
    """Raises NotOurs. Asked before anything is changed, so tables may be missing."""
    tables = connection.introspection.table_names()
    told = ToldStory._meta.db_table in tables and ToldStory.objects.exists()
    if told or Person._meta.db_table not in tables:
        return
    emails = Person.objects.values_list("email", flat=True)  # its other columns may be those of an older Attesta
    if emails.exclude(email__in=PEOPLE).exists() or (emails.exists() and ToldStory._meta.db_table not in tables):
        raise NotOurs(
            "This database holds people of its own: a demonstration would put accounts with a public password beside"
            " them. Nothing was changed. Choose an empty database or data folder."
        )


def seed(*, now: datetime) -> int:
    """How many stories were told; none on a later start. ``check`` comes first."""
    if ToldStory.objects.filter(name=WHOLE).exists():
        return 0
    told = timeline.tell(ALL, gather(now))
    if told:
        _draw_first_pages()
    ToldStory.objects.create(name=WHOLE, told_at=now)
    return told


def _draw_first_pages() -> None:
    """Of what the cast finds in its wallets; the worker draws all others."""
    current = Version.objects.filter(pages=None, credential__learner__isnull=False)
    current = current.select_related("credential", "data_key")
    for version in current:
        if version.number == version.credential.latest:
            Contents(version).draw([1])
