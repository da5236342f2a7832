"""The outbox: a row for every letter, written in the transaction that decided to send it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from attesta.mail.querysets import LetterQuerySet


class State(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


class Letter(models.Model):
    """A letter to one address. Its text is composed when it leaves, by the room that named ``kind``.

    So the outbox at rest holds no token and no PIN: ``subject_id`` says what the letter is about, and
    ``sealed`` is an opaque ciphertext of the room that queued it, emptied once the letter is settled.
    A withdrawn letter's ``last_error`` is that room's own word for why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60, help_text="Which composer writes it, for example shares.invitation.")
    subject_id = models.UUIDField(null=True, help_text="What it is about: a share, a person, a credential.")
    to = models.EmailField()
    language = models.CharField(max_length=2)
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    message_id = models.CharField(max_length=200, unique=True, help_text="RFC 5322 Message-ID, the same at every try.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, help_text="Not before; empty once settled, so that workers pass it by.")
    leased_until = models.DateTimeField(null=True, help_text="While sending; a dead worker's lease runs out.")
    lease = models.UUIDField(null=True)
    last_error = models.CharField(max_length=300, blank=True, help_text="What the mail server said last.")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index("due_at", "id", name="letter_to_send", condition=Q(due_at__isnull=False)),
            models.Index("settled_at", name="letter_to_forget", condition=Q(settled_at__isnull=False)),
            models.Index("subject_id", F("created_at").desc(), name="letter_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sending", lease__isnull=False, leased_until__isnull=False)
                | (~Q(state="sending") & Q(lease=None, leased_until=None)),
                name="letter_leased_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"], settled_at=None, due_at__isnull=False)
                | Q(state__in=["sent", "dead", "withdrawn"], settled_at__isnull=False, due_at=None),
                name="letter_due_or_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to} ({self.state})"
