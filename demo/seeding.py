"""Fills a demonstration: the cast, its stories, and pictures of the first pages that its users meet."""

from __future__ import annotations

from datetime import datetime

from attesta.credentials.contents import Contents
from attesta.credentials.models import Version
from demo import timeline
from demo.cast import gather
from demo.stories import ALL


def seed(*, now: datetime) -> int:
    """How many stories were told; none on a later start."""
    told = timeline.tell(ALL, gather(now))
    if told:
        _draw_first_pages()
    return told


def _draw_first_pages() -> None:
    """The worker draws all others."""
    current = Version.objects.filter(pages=None).select_related("credential", "data_key")
    for version in current:
        if version.number == version.credential.latest:
            Contents(version).draw([1])
