"""Reads of batches for the pages that show them. Every one starts from the institution."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from attesta.credentials.batches.findings import NOTES, Code
from attesta.credentials.batches.rules import OPEN
from attesta.credentials.models import Batch, Problem, Row, RowState, Template
from attesta.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Progress:
    """Of documents; ``percent`` reaches 100 only with the last one."""

    total: int
    issued: int
    failed: int

    @property
    def done(self) -> int:
        return self.issued + self.failed

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100


def of_issuer(issuer: Organization) -> QuerySet[Batch]:
    """The newest first."""
    return Batch.objects.filter(issuer=issuer).select_related("template", "issuer").order_by("-created_at", "-id")


def made_with(template: Template) -> QuerySet[Batch]:
    """Those that still make documents of it, or will."""
    return Batch.objects.filter(template=template, state__in=OPEN)


def problems(batch: Batch) -> QuerySet[Problem]:
    """Everything that stops the batch, in the order of its file; page it."""
    return Problem.objects.filter(batch=batch).exclude(code__in=NOTES).order_by("id")


def skipped(batch: Batch) -> int:
    """Documents of the file that were already issued before it."""
    return Problem.objects.filter(batch=batch, code=Code.ALREADY_ISSUED).count()


def cleaned(batch: Batch) -> int:
    """PDFs of the file that lose active content when they are sealed."""
    return Problem.objects.filter(batch=batch, code=Code.CLEANED).count()


def failed(batch: Batch) -> QuerySet[Row]:
    return Row.objects.filter(batch=batch, state=RowState.FAILED).order_by("number")


def progress(batch: Batch) -> Progress:
    """By counters, not by counting."""
    return Progress(batch.row_count, batch.issued_count, batch.failed_count)
