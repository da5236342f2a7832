"""The outbox: a row for every letter, written in the transaction that decided to send it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attesta.mail.querysets import LetterQuerySet


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Not delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Letter(models.Model):
    """A letter to one address. Its text is composed when it leaves, by the room that named ``kind``.

    So the outbox at rest holds no token and no PIN: ``subject_id`` says what the letter is about, and
    ``sealed`` is an opaque ciphertext of the room that queued it, emptied once the letter is settled.
    A withdrawn letter's ``last_error`` is that room's own word for why.
    """

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        _("kind"), max_length=60, help_text=_("Which composer writes it, for example shares.invitation.")
    )
    subject_id = models.UUIDField(
        _("ID of what it is about"), null=True, help_text=_("What it is about: a share, a person, a credential.")
    )
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2)
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    message_id = models.CharField(
        _("Message-ID"), max_length=200, unique=True, help_text=_("RFC 5322 Message-ID, the same at every try.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(
        _("not sent before"), null=True, help_text=_("Not before; empty once settled, so that workers pass it by.")
    )
    leased_until = models.DateTimeField(
        _("in a worker’s hands until"), null=True, help_text=_("While sending; a dead worker’s lease runs out.")
    )
    lease = models.UUIDField(null=True)
    last_error = models.CharField(
        _("last error"), max_length=300, blank=True, help_text=_("What the mail server said last.")
    )
    created_at = models.DateTimeField(_("written down"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
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
