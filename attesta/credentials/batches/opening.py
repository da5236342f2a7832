"""Opens a batch's file: what was handed in, as documents. A process keeps what it works on open."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from attesta.credentials.batches.documents import Reading
from attesta.credentials.batches.rules import Form
from attesta.credentials.batches.sources.pdfs import PdfArchive
from attesta.credentials.batches.sources.rows import FieldTable
from attesta.credentials.batches.sources.transcripts import Transcripts
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.designs import design_of
from attesta.credentials.models import Batch, Template
from attesta.organizations.days import today
from attesta.vault import blobs

KEPT_BYTES = 256 * 1024 * 1024  # of files, handed in: one large batch, or several small ones in turn

_kept: dict[UUID, tuple[int, Reading]] = {}


def reading(batch: Batch) -> Reading:
    """Kept open until ``close`` or until there are too many. Raises Broken, blobs.Missing, blobs.Tampered."""
    kept = _kept.pop(batch.pk, None)
    size, opened = kept or (batch.size, read(content(batch), batch.form, batch.template, today=today()))
    while _kept and sum(other for other, _ in _kept.values()) + size > KEPT_BYTES:
        _kept.pop(next(iter(_kept)))
    _kept[batch.pk] = size, opened
    return opened


def close(batch_id: UUID) -> None:
    _kept.pop(batch_id, None)


def close_all() -> None:
    """Nothing plain stays in the memory of a process that has nothing to do."""
    _kept.clear()


def content(batch: Batch) -> bytes:
    """The file as it was handed in. Raises blobs.Missing once it was erased."""
    if batch.data_key is None:
        raise blobs.Missing("The file of this batch was erased.")
    return blobs.get(batch.blob, key=batch.data_key, context=context(batch))


def context(batch: Batch) -> str:
    """What the file is bound to."""
    return f"{batch.issuer_id}/batch/{batch.pk}"


def read(file: bytes, form: str, template: Template | None, *, today: date) -> Reading:
    """Raises Broken."""
    if form == Form.ZIP:
        return PdfArchive(file, today=today)
    assert template
    if form == Form.PESC:
        return Transcripts(file, language=design_of(template).language, today=today)
    return FieldTable(file, DocumentKind(template.kind), today=today)
