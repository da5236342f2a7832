"""What became of a batch, as a table to download: one line a document, or one line a problem."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from attesta.activity import spreadsheets
from attesta.credentials import links
from attesta.credentials.batches import problems, querysets
from attesta.credentials.models import Batch, Row, RowState

AT_ONCE = 1000


def of_rows(batch: Batch) -> Iterator[str]:
    """CSV in the language of the moment, in parts."""
    yield spreadsheets.BYTE_ORDER_MARK + spreadsheets.row(
        [_("Place"), _("Document number"), _("State"), _("Problem"), _("Email address"), _("Code"), _("Address")]
    )
    rows = Row.objects.filter(batch=batch).select_related("credential").order_by("number")
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield spreadsheets.row(_cells(batch, row))


def of_problems(batch: Batch) -> Iterator[str]:
    """CSV in the language of the moment, in parts."""
    yield spreadsheets.BYTE_ORDER_MARK + spreadsheets.row(
        [_("Place"), _("Column"), _("Value"), _("Problem"), _("Code")]
    )
    for found in querysets.problems(batch).iterator(chunk_size=AT_ONCE):
        sentence = problems.sentence(found.code)
        yield spreadsheets.row([found.place, found.column, found.value, sentence, found.code])


def issued_before(batch: Batch) -> int:
    """How many of its documents were there before it."""
    return Row.objects.filter(batch=batch, credential__created_at__lt=batch.created_at).count()


def _cells(batch: Batch, row: Row) -> list[str]:
    credential = row.credential
    return [
        row.place,
        row.document_number,
        _state(batch, row),
        problems.sentence(row.problem) if row.problem else "",
        credential.learner_email if credential else "",
        (credential.code or "") if credential else "",
        links.verification(credential.code) if credential and credential.code else "",
    ]


def _state(batch: Batch, row: Row) -> str:
    if row.state == RowState.ISSUED:
        before = row.credential is not None and row.credential.created_at < batch.created_at
        return _("Already issued before") if before else _("Issued")
    return _("Failed") if row.state == RowState.FAILED else _("Not issued")
