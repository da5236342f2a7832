"""What was added to a PDF after it was sealed: permitted or not, and in plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking import changes
from attesta.seals.checking.bounds import Reader
from attesta.seals.checking.renewals import only_renews

MOST_EDITS = 40


@dataclass(frozen=True, slots=True)
class Edits:
    """``compared``: it was possible to. ``renewal``: nothing but evidence and time-stamps.
    ``permitted``: what the seal itself allows. ``facts``: what changed, one short text a kind."""

    count: int
    renewal: bool = True
    permitted: bool = True
    compared: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)


def after(seal: EmbeddedPdfSignature) -> Edits:
    reader = cast(Reader, seal.reader)
    count = reader.xrefs.total_revisions - seal.signed_revision - 1
    if count <= 0:
        return Edits(count=0)
    if count > MOST_EDITS:
        return Edits(count, False, False, compared=False)
    if only_renews(reader, seal.signed_revision):
        return Edits(count)
    allowed = _allowed(seal.docmdp_level)
    permitted = allowed is not None and _passes(seal, allowed)
    facts = changes.since(reader, seal.signed_revision)
    return Edits(count, False, permitted, not reader.is_exhausted, facts)


def _allowed(lock: MDPPerm | None) -> ModificationLevel | None:
    """What the seal lets others do, renewals apart. Without a lock: sign and fill in, as everywhere."""
    allowed = {MDPPerm.NO_CHANGES: None, MDPPerm.ANNOTATE: ModificationLevel.ANNOTATIONS}
    return ModificationLevel.FORM_FILLING if lock is None else allowed.get(lock, ModificationLevel.FORM_FILLING)


def _passes(seal: EmbeddedPdfSignature, most: ModificationLevel) -> bool:
    try:
        result = DEFAULT_DIFF_POLICY.review_file(
            seal.reader, seal.signed_revision, field_mdp_spec=seal.fieldmdp, doc_mdp=seal.docmdp_level
        )
    except Exception:  # a comparison that fails shows nothing good
        return False
    return isinstance(result, DiffResult) and result.modification_level <= most
