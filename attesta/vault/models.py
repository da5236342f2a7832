"""Data keys, one per document version, wrapped by the key provider's current key."""

from __future__ import annotations

import uuid

from django.db import models


class DataKey(models.Model):
    """An AES-256 key that encrypts every blob of one document version. Deleting it erases them all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    wrapping_key = models.CharField(max_length=40, help_text="Name of the provider's key that wrapped it.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class Vault(models.Model):
    """The one row that says which folder of encrypted files is this database's (see ``vault.folder``)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at"]
        get_latest_by = "made_at"

    def __str__(self) -> str:
        return str(self.id)
