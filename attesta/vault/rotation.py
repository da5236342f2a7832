"""A new wrapping key under traffic: rewrap data keys, then let each room seal its own columns again."""

from __future__ import annotations

import logging
from collections.abc import Callable

from attesta.vault import blobs, keys
from attesta.vault.models import DataKey

BATCH = 500
log = logging.getLogger(__name__)

Resealer = Callable[[], int]
_resealers: list[Resealer] = []


def register(resealer: Resealer) -> None:
    """``resealer()`` seals again every column value of its room that ``secrets.is_current`` denies; how many.

    Called from AppConfig.ready. It may run twice and beside traffic: compare before each UPDATE.
    """
    if resealer not in _resealers:
        _resealers.append(resealer)


def reseal_everything() -> int:
    """Bring all that is encrypted in the database under the current key; how many values changed."""
    changed = rewrap_data_keys()
    return changed + sum(resealer() for resealer in _resealers)


def rewrap_data_keys() -> int:
    """Files stay as they are: only the few bytes that wrap their keys change. A damaged key stops no other."""
    rows = DataKey.objects.exclude(wrapping_key=keys.provider().current())
    return sum(_rewrap(key) for key in rows.iterator(chunk_size=BATCH))


def _rewrap(key: DataKey) -> int:
    old = key.wrapping_key
    try:
        blobs.wrap(key, blobs.unwrap(key))
    except blobs.Tampered as problem:
        log.error("Not rewrapped: %s", problem)
        return 0
    rows = DataKey.objects.filter(pk=key.pk, wrapping_key=old)
    return rows.update(wrapped=key.wrapped, wrapping_key=key.wrapping_key)
