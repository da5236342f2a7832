"""The certificates that institutions seal with, as the register knows them. Private keys are never here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from attesta.organizations.models import Organization


class SealingCertificate(models.Model):
    """One sealing certificate of an institution. Its newest that is neither retired nor revoked seals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sealing_certificates")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the certificate (DER), in hex.")
    chain = models.BinaryField(help_text="PEM: this certificate, then those above it, without the root.")
    is_local = models.BooleanField(help_text="Made by Attesta's own authority; else the institution's own.")
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, help_text="Seals nothing new; what it sealed stays valid.")
    revoked_at = models.DateTimeField(null=True, help_text="Its key may be known: later seals are none.")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(retired_at__isnull=False), name="certificate_retired_when_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.fingerprint[:16]}"
