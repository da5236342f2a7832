"""How an institution's documents are worded and look."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attesta.organizations.models import Organization


class TemplateKind(models.TextChoices):
    DIPLOMA = "diploma", _("Diploma")
    TRANSCRIPT = "transcript", _("Transcript")
    ATTESTATION = "attestation", _("Attestation")


class Template(models.Model):
    """One kind of document as one institution issues it. A row of fields and a template make a PDF.

    ``design`` holds what ``credentials.composing.design.Design`` reads: colour, crest (SVG), signatory, wordings.
    """

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.ForeignKey(
        Organization, verbose_name=_("institution"), on_delete=models.CASCADE, related_name="templates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=TemplateKind)
    name = models.CharField(_("name"), max_length=80, help_text=_("As its staff call it."))
    title_fr = models.CharField(_("title in French"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    design = models.JSONField(default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("template"), _("templates")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "name"], name="template_name_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["diploma", "transcript", "attestation"]), name="template_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.issuer}"
