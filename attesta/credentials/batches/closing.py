"""The end of a batch: what was handed in is erased, its rows and problems stay to be told."""

from __future__ import annotations

from attesta.credentials.batches import opening
from attesta.credentials.models import Batch
from attesta.vault.models import DataKey


def erase(batch: Batch) -> None:
    """Without its key the file is nothing; the sweep removes it. Call it inside the transaction that ends the batch."""
    opening.close(batch.pk)
    if batch.data_key_id:
        DataKey.objects.filter(pk=batch.data_key_id).delete()
    Batch.objects.filter(pk=batch.pk).update(blob="", data_key=None)
    batch.blob, batch.data_key = "", None
