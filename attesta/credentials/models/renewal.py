"""The same version in a younger envelope: its seal outlives the certificates that vouched for it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from attesta.credentials.models.credential import Version


class Renewal(models.Model):
    """A version's bytes with newer evidence and a time-stamp over all of it (PAdES B-LTA). Its newest is downloaded."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="renewals")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(help_text="Bytes of the plain PDF.")
    blob = models.CharField(max_length=100)
    renewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.renewed_at:%Y-%m-%d}"
