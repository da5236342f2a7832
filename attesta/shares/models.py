"""Shares: what a learner shows to whom, until when; and the visits that recipients make."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import rules
from attesta.shares.querysets import ShareQuerySet


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    LINK = "link", _("Link")


class Share(models.Model):
    """One right to look, given by a learner, in force while enabled, unexpired and not used up.

    Access changes this row by conditional UPDATE only (``shares.actions.open``), never by ``save()``.
    The link's token is kept as a SHA-256 to find it and as a ciphertext to copy it (ADR 1);
    the PIN as a ciphertext only (ADR 15).
    """

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, verbose_name=_("learner"), on_delete=models.CASCADE, related_name="shares")
    version = models.PositiveIntegerField(default=1, help_text="Raised by every edit; a stale form names an older one.")
    request_key = models.UUIDField(
        null=True, help_text="Of the form that made it: the same form twice makes one share."
    )

    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200, blank=True, help_text="Seen by the learner only.")
    reference = models.CharField(max_length=100, blank=True, help_text="Seen by the recipient.")
    message = models.TextField(max_length=2000, blank=True, help_text="In the e-mail to the recipient.")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    recipient_email = models.EmailField(_("recipient’s address"), blank=True)
    recipient_name = models.CharField(max_length=100, blank=True, help_text="Who it is for, in the learner's words.")
    search = models.TextField(blank=True, help_text="Name, purpose, reference and recipient, folded for searching.")
    language = models.CharField(
        _("language"), max_length=2, help_text=_("Of the letter and of the recipient’s first page.")
    )

    token_hash = models.CharField(max_length=64, unique=True)
    token_sealed = models.BinaryField()
    pin_sealed = models.BinaryField(null=True)
    may_download = models.BooleanField(_("downloads allowed"), default=True)
    notify_first = models.BooleanField(
        _("tells of the first view"), default=False, help_text=_("Tell the learner of the first consultation.")
    )
    enabled = models.BooleanField(_("enabled"), default=True)
    expires_at = models.DateTimeField(
        _("expires"), null=True, help_text=_("The first moment at which the link is closed.")
    )
    max_consultations = models.PositiveIntegerField(_("limit of views"), null=True)
    granted_at_once = models.PositiveIntegerField(null=True, help_text="The limit as chosen: reopening adds as many.")

    consultations = models.PositiveIntegerField(_("views"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)
    last_consulted_at = models.DateTimeField(_("last view"), null=True)
    last_sent_at = models.DateTimeField(
        _("last sent"), null=True, help_text=_("When the e-mail was last queued for the recipient.")
    )
    expiry_warned_at = models.DateTimeField(
        _("learner told that it expires"), null=True, help_text=_("When the owner was told that it expires soon.")
    )
    expiry_noticed_at = models.DateTimeField(
        _("expiry written down"), null=True, help_text=_("When its expiry was written down in the ledger.")
    )
    created_at = models.DateTimeField(_("made"))

    objects: ClassVar[ShareQuerySet] = ShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("share"), _("shares")
        indexes = [
            models.Index("owner", F("created_at").desc(), F("id").desc(), name="share_by_owner"),
            models.Index("owner", "search", "id", name="share_by_owner_search"),
            models.Index(
                "owner",
                F("last_consulted_at").desc(),
                F("id").desc(),
                name="share_by_owner_viewed",
                condition=Q(last_consulted_at__isnull=False),
            ),
            models.Index(
                "owner",
                F("created_at").desc(),
                F("id").desc(),
                name="share_by_owner_unviewed",
                condition=Q(last_consulted_at=None),
            ),
            models.Index(
                "expires_at", name="share_to_notice", condition=Q(expires_at__isnull=False, expiry_noticed_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "request_key", "recipient_email"], name="one_share_a_request"),
            models.CheckConstraint(
                condition=Q(channel="email") & ~Q(recipient_email="") | Q(channel="link", recipient_email=""),
                name="share_email_names_recipient",
            ),
            models.CheckConstraint(condition=Q(language__in=["fr", "en"]), name="share_language_known"),
            models.CheckConstraint(
                condition=Q(max_consultations=None)
                | Q(max_consultations__gte=1, consultations__lte=F("max_consultations")),
                name="share_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(consultations=0, last_consulted_at=None)
                | Q(consultations__gt=0, last_consulted_at__isnull=False),
                name="share_counted_with_date",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.id}"

    @property
    def recipient(self) -> str:
        """Whom it is for: the mailbox, else the name the learner gave, else nothing."""
        return self.recipient_email or self.recipient_name

    @property
    def is_email(self) -> bool:
        return self.channel == Channel.EMAIL

    @property
    def has_pin(self) -> bool:
        return self.pin_sealed is not None

    @property
    def facts(self) -> rules.ShareState:
        """The columns that decide, as the rules want them."""
        return rules.ShareState(self.enabled, self.expires_at, self.max_consultations, self.consultations)

    @property
    def last_day(self) -> date | None:
        """The last day on which the link opens, in the current time zone."""
        return timezone.localtime(self.expires_at - timedelta(seconds=1)).date() if self.expires_at else None


class Item(models.Model):
    """A credential in a share, in the learner's order."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="items")
    credential = models.ForeignKey(
        Credential, verbose_name=_("document"), on_delete=models.CASCADE, related_name="share_items"
    )
    position = models.PositiveIntegerField(_("place"))
    sent_version = models.PositiveIntegerField(
        _("version last told of"),
        default=1,
        help_text=_("Version the recipient was last told of, by the share or by a resend."),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("document of the share"), _("documents of the share")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["share", "credential"], name="one_item_a_credential"),
            models.UniqueConstraint(fields=["share", "position"], name="one_item_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} #{self.position}"


class ViewsOfDay(models.Model):
    """Consultations of a share by day, in its owner's time zone, counted as they happen: charts read these."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="views_by_day")
    day = models.DateField()
    consultations = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["share", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.share_id} {self.day}: {self.consultations}"


class Visit(models.Model):
    """The short right one browser got by passing the gate: 30 minutes, renewed by use.

    ``secret_hash`` is the SHA-256 of the cookie. A visit dies with its share, whatever it holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="visits")
    secret_hash = models.CharField(max_length=64)
    device_hash = models.CharField(max_length=64, help_text="Keyed hash of the browser's own random cookie.")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="Renewing the link ends the visits of the old one.")
    proved_email = models.EmailField(blank=True, help_text="The mailbox that a code proved.")

    class Meta:
        indexes = [
            models.Index("share", "device_hash", "expires_at", name="visit_by_device"),
            models.Index("expires_at", name="visit_to_reap"),
        ]

    def __str__(self) -> str:
        return f"visit {self.id}"


class Trace(models.Model):
    """What a visit has already done, so that a refresh, a Range request or a resume is told once."""

    FILE, PRINT = 0, -1

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="traces")
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    page = models.IntegerField(help_text="A page from 1, 0 for the file, -1 for the print sheet.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "credential", "version", "page"], name="one_trace_each")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.credential_id} v{self.version} p{self.page}"


class Budget(models.Model):
    """How much of something (wrong PINs, letters, questions) a key has used in one window of time.

    ``key`` is a keyed hash, so the table names no network and no device.
    """

    key = models.CharField(max_length=64)
    window = models.DateTimeField(help_text="Start of the window.")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_budget_a_window")]
        indexes = [models.Index("window", name="budget_to_reap")]

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.used}"


class MailboxCode(models.Model):
    """A one-time code mailed to an e-mail share's recipient: the key where there is no PIN, a way in beside one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="codes")
    device_hash = models.CharField(
        max_length=64, default="", help_text="The browser that asked: the code opens in no other."
    )
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("share", F("created_at").desc(), name="code_by_share")]

    def __str__(self) -> str:
        return f"code {self.id}"


class AccessRequest(models.Model):
    """Someone who met a closed link asks its owner for access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="access_requests")
    name = models.CharField(max_length=100)
    email = models.EmailField()
    message = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, help_text="When the owner opened the share again.")

    class Meta:
        indexes = [models.Index("share", F("created_at").desc(), name="request_by_share")]

    def __str__(self) -> str:
        return f"request {self.id}"
