"""Seals on documents: whose key and certificate, and what leaves sealed. The only room that hands work to ``seals``."""

from attesta.credentials.sealing.authority import Unreadable, prepare
from attesta.credentials.sealing.certificates import (
    crls,
    current,
    ensure_readable,
    published_lists,
    revoke,
    roots,
    rotate,
)
from attesta.credentials.sealing.documents import Sealed, seal_composed, seal_upload
from attesta.credentials.sealing.means import Means, means_of
from attesta.credentials.sealing.replacing import replace

__all__ = [
    "Means",
    "Sealed",
    "Unreadable",
    "crls",
    "current",
    "ensure_readable",
    "means_of",
    "prepare",
    "published_lists",
    "replace",
    "revoke",
    "roots",
    "rotate",
    "seal_composed",
    "seal_upload",
]
