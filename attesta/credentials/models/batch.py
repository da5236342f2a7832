"""Many documents in one go: what was handed in, what is wrong with it, and how far its issuing got."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attesta.accounts.models import Person
from attesta.credentials.models.credential import Credential
from attesta.credentials.models.template import Template
from attesta.organizations.models import Organization
from attesta.vault.models import DataKey


class BatchState(models.TextChoices):
    """``refused`` has problems and changes nothing; ``ready`` may start; ``waiting`` needs a second person first."""

    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Has problems")
    READY = "ready", _("Ready to start")
    WAITING = "waiting", _("Waiting for approval")
    RUNNING = "running", _("Issuing")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class Batch(models.Model):
    """A file of many documents. It lies encrypted in the vault until the batch is done, cancelled or refused."""

    class Form(models.TextChoices):
        ZIP = "zip", "ZIP"  # PDFs and index.csv
        CSV = "csv", "CSV"  # rows of fields, with a template
        PESC = "pesc", "PESC"  # a ZIP of PESC XML files, or one of them, with a template

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.ForeignKey(
        Organization, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="batches"
    )
    form = models.CharField(_("form"), max_length=4, choices=Form)
    template = models.ForeignKey(
        Template, verbose_name=_("template"), on_delete=models.PROTECT, null=True, related_name="batches"
    )
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was handed in.")
    size = models.PositiveBigIntegerField(_("bytes"))
    data_key = models.ForeignKey(DataKey, on_delete=models.SET_NULL, null=True, related_name="+")
    blob = models.CharField(max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.CHECKING)
    taken_until = models.DateTimeField(null=True, help_text="Then whoever checks it is taken for dead.")
    tries = models.PositiveIntegerField(
        _("attempts to check it"),
        default=0,
        db_default=0,
        help_text=_("How often whoever checked it vanished, and one more for who has it in hand."),
    )
    version = models.PositiveIntegerField(default=1)
    quiet = models.BooleanField(_("no letter"), default=False)
    release_at = models.DateTimeField(_("hidden until"), null=True)
    row_count = models.PositiveIntegerField(_("documents in the file"), default=0)
    problem_count = models.PositiveIntegerField(_("problems"), default=0)
    issued_count = models.PositiveIntegerField(_("issued"), default=0)
    failed_count = models.PositiveIntegerField(_("not issued"), default=0)
    alone_before = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Documents that its author had handed in alone within the day before."
    )
    created_by = models.ForeignKey(
        Person, verbose_name=_("who answers for it"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_label = models.CharField(
        _("who handed it in"), max_length=200, help_text=_("Who handed it in, as of then.")
    )
    created_at = models.DateTimeField(_("handed in"), default=timezone.now)
    taken_over_at = models.DateTimeField(null=True, help_text="When created_by took the place of created_label.")
    approved_by = models.ForeignKey(
        Person, verbose_name=_("approved by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    started_by = models.ForeignKey(
        Person,
        verbose_name=_("started by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("Who started or resumed it last: its documents are issued in their name."),
    )
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("batch"), _("batches")
        indexes = [
            models.Index("issuer", F("created_at").desc(), F("id").desc(), name="batch_by_issuer"),
            models.Index("state", name="batch_to_work_on", condition=Q(state__in=["checking", "running"])),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")), name="batch_approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.id})"


class RowState(models.TextChoices):
    WAITING = "waiting"
    TAKEN = "taken"
    ISSUED = "issued"
    FAILED = "failed"


class Row(models.Model):
    """One document of a batch. ``place`` is its line in the CSV (the header is 1) or its file in the ZIP."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="From 1, in the order of the file.")
    place = models.CharField(max_length=200)
    document_number = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.WAITING)
    taken_until = models.DateTimeField(null=True, help_text="Then whoever took it is taken for dead.")
    attempts = models.PositiveIntegerField(default=0, help_text="How often it was taken.")
    credential = models.ForeignKey(Credential, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.CharField(max_length=60, blank=True, help_text="Code of why it failed.")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index("batch", "state", "number", name="batch_row_to_issue")]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class Problem(models.Model):
    """What a dry run found: where, which column, why. ``value`` is what stood there, shortened."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    place = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=60)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.place} {self.column}: {self.code}"
