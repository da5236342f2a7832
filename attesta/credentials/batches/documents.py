"""What a handed-in file is read into: entries to go through, and behind each the document to issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from attesta.credentials.batches.findings import Finding
from attesta.credentials.composing.fields import Fields
from attesta.credentials.rules import Draft


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the file: ``number`` from 1 in its order, ``place`` where people find it.

    ``document_number`` is empty where it is known only once the document was read.
    """

    number: int
    place: str
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    draft: Draft
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Composed:
    """Its titles are those of its fields, else the template's: those of the draft stay empty."""

    draft: Draft
    fields: Fields
    is_pesc: bool = False


Document = Uploaded | Composed


class Reading(Protocol):
    """``findings`` is what is wrong with the file as a whole."""

    @property
    def entries(self) -> Sequence[Entry]: ...

    @property
    def findings(self) -> Sequence[Finding]: ...

    def document(self, entry: Entry) -> Document:
        """Raises Broken with all that is wrong with it."""
