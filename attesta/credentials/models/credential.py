"""Credentials (documents now, badges later), their versions, and the pages of each version."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attesta.accounts.models import Person
from attesta.credentials.models.seal import SealingCertificate
from attesta.credentials.querysets import CredentialQuerySet, VersionQuerySet
from attesta.credentials.rules import CredentialState, Status, status
from attesta.organizations.days import today
from attesta.organizations.folding import fold
from attesta.organizations.models import Organization
from attesta.vault.models import DataKey


class Kind(models.TextChoices):
    DOCUMENT = "document", _("Document")


class Source(models.TextChoices):
    """What a version was made from."""

    UPLOADED = "uploaded", _("A PDF")  # a PDF
    FIELDS = "fields", _("Fields")  # a row of fields and a template
    PESC = "pesc", "PESC"  # a PESC College Transcript


RARER = {
    "credential_revoked": Q(revoked_at__isnull=False),
    "credential_updated": Q(updated_at__isnull=False),
    "credential_claimed": Q(learner__isnull=False),
    "credential_unclaimed": Q(learner__isnull=True),
}
"""What staff narrow their lists to, each with an index of its own in the list's order."""


class Credential(models.Model):
    """One document for one learner. A share points here, so its newest version is what is seen.

    ``learner`` is set once the mailbox it was issued to (``learner_email``) has been proved.
    """

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DOCUMENT)
    issuer = models.ForeignKey(
        Organization, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="credentials"
    )
    learner = models.ForeignKey(
        Person, verbose_name=_("learner"), on_delete=models.SET_NULL, null=True, related_name="credentials"
    )
    learner_email = models.EmailField(_("address it was issued to"))
    learner_name = models.CharField(_("learner’s name"), max_length=150, blank=True)
    number = models.CharField(
        _("document number"), max_length=80, blank=True, help_text=_("The institution’s own document number.")
    )
    title_fr = models.CharField(_("title in French"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(
        _("expires on"), null=True, help_text=_("The first day on which the credential is no longer current.")
    )
    latest = models.PositiveIntegerField(_("current version"), default=1, help_text=_("Number of the current version."))
    updated_at = models.DateTimeField(
        _("updated"), null=True, help_text=_("When the current version replaced another.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revocation_reason = models.TextField(blank=True)
    revocation_shown = models.BooleanField(
        _("reason of revocation shown"), default=False, help_text=_("Recipients and the learner may read the reason.")
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True)
    created_at = models.DateTimeField(_("made"))
    code = models.CharField(  # noqa: DJ001 - unique where there is one
        max_length=24, null=True, unique=True, help_text="Leads anyone to its current status."
    )
    quiet = models.BooleanField(
        _("no letter"), default=False, help_text=_("Its learner is sent no letter when it is issued.")
    )
    release_due_at = models.DateTimeField(
        _("hidden until"), null=True, help_text=_("Until then its learner does not see it.")
    )
    folded_fr = models.TextField(editable=False, default="", help_text="title_fr as it is searched.")
    folded_en = models.TextField(editable=False, default="", help_text="title_en as it is searched.")

    objects: ClassVar[CredentialQuerySet] = CredentialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("document"), _("documents")
        indexes = [
            models.Index("learner", F("issued_on").desc(), F("id").desc(), name="credential_by_learner"),
            models.Index("issuer", F("created_at").desc(), F("id").desc(), name="credential_by_issuer"),
            models.Index("learner_email", name="credential_by_mailbox"),
            models.Index("release_due_at", name="credential_to_release", condition=Q(release_due_at__isnull=False)),
            models.Index("issuer", F("issued_on").desc(), F("id").desc(), name="credential_by_day_of_issue"),
            models.Index(
                "issuer",
                F("expires_on").desc(),
                F("id").desc(),
                name="credential_by_expiry",
                condition=Q(expires_on__isnull=False),
            ),
            *(
                models.Index("issuer", F("created_at").desc(), F("id").desc(), name=name, condition=condition)
                for name, condition in RARER.items()
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], condition=~Q(number=""), name="document_number_once"),
            models.CheckConstraint(condition=Q(latest__gte=1), name="credential_has_version"),
            models.CheckConstraint(
                condition=Q(latest=1, updated_at=None) | Q(latest__gt=1, updated_at__isnull=False),
                name="credential_updated_with_version",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revocation_reason="") | Q(revoked_at__isnull=False),
                name="credential_reason_only_revoked",
            ),
            models.CheckConstraint(
                condition=Q(learner=None, claimed_at=None) | Q(claimed_at__isnull=False),
                name="credential_claimed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(learner=None) | Q(release_due_at=None), name="credential_claimed_once_released"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_fr} ({self.id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_fr, self.folded_en = fold(self.title_fr), fold(self.title_en)
        super().save(*args, **kwargs)

    def title(self, language: str) -> str:
        return self.title_fr if language == "fr" else self.title_en

    def status_on(self, day: date) -> Status:
        state = CredentialState(latest=self.latest, revoked=self.revoked_at is not None, expires_on=self.expires_on)
        return status(state, day)

    @property
    def status(self) -> Status:
        """As of today where the institutions are."""
        return self.status_on(today())

    @property
    def shown_reason(self) -> str:
        """Why it was revoked, when the issuer lets it be read; else empty."""
        return self.revocation_reason if self.revocation_shown else ""


class Version(models.Model):
    """One immutable PDF. ``sha256`` is of the plain bytes, ``blob`` names the encrypted file in the vault."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    source = models.CharField(_("made from"), max_length=10, choices=Source, default=Source.UPLOADED)
    source_sha256 = models.CharField(max_length=64, default="", help_text="Of what it was made from.")
    certificate = models.ForeignKey(SealingCertificate, on_delete=models.PROTECT, null=True, related_name="versions")
    sealed_at = models.DateTimeField(_("sealed"), null=True)
    came_signed = models.BooleanField(
        null=True, help_text="Did the file, kept as it was handed in, carry a signature? Nobody judged it."
    )
    renew_due_at = models.DateTimeField(null=True, help_text="When its seal needs a time-stamp of a younger authority.")
    removed = models.JSONField(default=list, help_text="Codes of active content that was taken out before sealing.")
    size = models.PositiveIntegerField(_("bytes"), help_text=_("Bytes of the plain PDF."))
    page_count = models.PositiveIntegerField(_("pages"))
    data_key = models.ForeignKey(DataKey, on_delete=models.SET_NULL, null=True, related_name="+")
    blob = models.CharField(max_length=100)
    reason = models.TextField(blank=True, help_text="Why this version replaced the one before.")
    issued_on = models.DateField(_("issued on"))
    created_at = models.DateTimeField(_("made"))
    render_due_at = models.DateTimeField(
        _("pages to be drawn"), null=True, help_text=_("When to draw its pages; empty once all are drawn.")
    )
    render_attempts = models.PositiveIntegerField(default=0, help_text="In vain, since the last page drawn.")

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("version"), _("versions")
        ordering = ["-number"]
        indexes = [
            models.Index("render_due_at", name="version_to_render", condition=Q(render_due_at__isnull=False)),
            models.Index("renew_due_at", name="version_to_renew", condition=Q(renew_due_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate=None, sealed_at=None) | Q(certificate__isnull=False, sealed_at__isnull=False),
                name="version_sealed_with_certificate",
            ),
            models.UniqueConstraint(fields=["credential", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(page_count__gte=1), name="version_has_pages"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1), name="version_reason_from_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credential_id} v{self.number}"


class Page(models.Model):
    """A page's cached picture (WebP) and text, both encrypted blobs under the version's data key."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(help_text="From 1.")
    image = models.CharField(max_length=100, help_text="Blob of the WebP picture.")
    text = models.CharField(max_length=100, help_text="Blob of the extracted text, UTF-8.")
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="one_page_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="page_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} p{self.number}"
