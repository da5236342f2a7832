"""What issuers' pages count and search by, kept ready: at a million documents nothing is counted or scanned."""

from __future__ import annotations

from django.db import models

from attesta.credentials.models.credential import Credential
from attesta.organizations.models import Organization


class Tally(models.Model):
    """How often something happened to an institution's documents on one day (where the institutions are)."""

    class Kind(models.TextChoices):
        ISSUED = "issued"
        CLAIMED = "claimed"
        SHARED = "shared"
        CONSULTED = "consulted"

    issuer = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "kind", "day"], name="tally_once_a_day")]

    def __str__(self) -> str:
        return f"{self.issuer_id} {self.day} {self.kind}: {self.total}"


class TallyCursor(models.Model):
    """Up to which line of the ledger the tallies have counted. One row."""

    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.line)


class Term(models.Model):
    """A word by which an issuer's staff find a credential: of the learner's name, mailbox, number or title, folded."""

    # The indexes below begin with each of them: further ones would only take room, of which terms take most.
    issuer = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=80)
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="terms", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["issuer", "word", "credential"], name="term_by_issuer")]
        constraints = [models.UniqueConstraint(fields=["credential", "word"], name="term_once")]

    def __str__(self) -> str:
        return self.word
