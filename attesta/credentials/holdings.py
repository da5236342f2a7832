"""Which of the vault's files this room's rows name."""

from __future__ import annotations

from collections.abc import Iterator

from attesta.credentials.models import Batch, Page, Renewal, Version
from attesta.vault import sweeping


def register() -> None:
    sweeping.register(names_in_use)


def names_in_use(beginning: str) -> Iterator[str]:
    for model, column in ((Version, "blob"), (Page, "image"), (Page, "text"), (Batch, "blob"), (Renewal, "blob")):
        rows = model._default_manager.filter(**{f"{column}__startswith": beginning})
        yield from rows.values_list(column, flat=True).iterator(chunk_size=5000)
