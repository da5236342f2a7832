"""Is every document there, can it be read, and is it what was issued? Asked after a restore, and whenever in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Version

DIFFERS = "This is not what was issued."


def troubles() -> Iterator[tuple[Version, str]]:
    """Every version that was not erased, with what is wrong: empty when nothing is. Revoked ones are kept too."""
    kept = Version.objects.filter(data_key__isnull=False).select_related("credential", "data_key")
    for version in kept.order_by("created_at", "id").iterator(chunk_size=200):
        yield version, trouble(version)


def trouble(version: Version) -> str:
    try:
        copies = [(digest, sha256(content).hexdigest()) for digest, content in Contents(version).copies()]
    except Missing as problem:
        return str(problem)
    return "" if all(noted == found for noted, found in copies) else DIFFERS
