"""What the demonstration keeps for itself: letters it did not send, stories it told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F


class SentLetter(models.Model):
    """A message that would have left. ``sealed`` is its RFC 822 source: it may hold a link, a code or a PIN."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(max_length=200, unique=True)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SentLetter]] = models.Manager()

    class Meta:
        indexes = [models.Index(F("kept_at").desc(), name="sent_letter_newest")]

    def __str__(self) -> str:
        return self.message_id


class ToldStory(models.Model):
    """A piece of the demonstration's history that was told to its end, or all of them. It is never told again."""

    name = models.CharField(max_length=60, unique=True)
    told_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ToldStory]] = models.Manager()

    def __str__(self) -> str:
        return self.name
