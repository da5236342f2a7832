"""Institutions that issue, organisations that receive, and the people who act for them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attesta.accounts.models import Person
from attesta.organizations.folding import fold
from attesta.organizations.querysets import InvitationQuerySet, OrganizationQuerySet
from attesta.organizations.rules import INVITATION_DAYS


class Organization(models.Model):
    """An issuer (institution) or a receiver. Text it enters exists in both languages."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    unit_fr = models.CharField(
        _("unit in French"), max_length=200, blank=True, help_text=_("Who answers questions: Bureau du registraire")
    )
    unit_en = models.CharField(
        _("unit in English"), max_length=200, blank=True, help_text=_("Who answers questions: Office of the Registrar")
    )
    contact_email = models.EmailField(_("contact by email"))
    contact_phone = models.CharField(_("contact by phone"), max_length=40, blank=True)
    website_fr = models.URLField(_("website in French"), blank=True)
    website_en = models.URLField(_("website in English"), blank=True)
    address = models.TextField(_("address"), blank=True)
    is_issuer = models.BooleanField(_("issues documents"), default=False)
    is_receiver = models.BooleanField(_("receives documents"), default=False)
    approval_above = models.PositiveIntegerField(
        _("documents that one person may issue alone"),
        default=100,
        help_text=_("Batches of more documents than this need a second person. 0: every batch."),
    )
    approval_rising_to = models.PositiveIntegerField(
        _("what that number becomes"),
        null=True,
        blank=True,
        help_text=_("A higher number counts only after three days."),
    )
    approval_rises_at = models.DateTimeField(_("when it does"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    folded_fr = models.TextField(editable=False, default="", help_text="name_fr as it is searched.")
    folded_en = models.TextField(editable=False, default="", help_text="name_en as it is searched.")

    objects: ClassVar[OrganizationQuerySet] = OrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("institution"), _("institutions")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_issuer=True) | models.Q(is_receiver=True), name="organization_has_a_part"
            ),
            models.CheckConstraint(
                condition=models.Q(approval_rising_to=None, approval_rises_at=None)
                | models.Q(approval_rising_to__gt=models.F("approval_above"), approval_rises_at__isnull=False),
                name="organization_rise_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name_fr

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_fr, self.folded_en = fold(self.name_fr), fold(self.name_en)
        super().save(*args, **kwargs)

    def name(self, language: str) -> str:
        return self.name_fr if language == "fr" else self.name_en

    def unit(self, language: str) -> str:
        return self.unit_fr if language == "fr" else self.unit_en

    def website(self, language: str) -> str:
        return self.website_fr if language == "fr" else self.website_en

    def alone_at(self, now: datetime) -> int:
        """How many documents one person may issue at once without a second one."""
        risen = self.approval_rises_at is not None and self.approval_rises_at <= now
        return self.approval_rising_to if risen and self.approval_rising_to is not None else self.approval_above

    @property
    def most_alone(self) -> int:
        return self.alone_at(timezone.now())

    @property
    def rising_to(self) -> int | None:
        """What ``most_alone`` will be, while it waits for its moment."""
        return self.approval_rising_to if self.approval_rising_to != self.most_alone else None

    @property
    def approval_mark(self) -> str:
        """Differs once somebody decided anew, or a decision took effect."""
        return f"{self.most_alone}-{self.rising_to or ''}"


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    ISSUER = "issuer", pgettext_lazy("role", "Issuer")
    READER = "reader", pgettext_lazy("role", "Reader")


class Membership(models.Model):
    """A person acts for an organization in one role."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    created_at = models.DateTimeField(_("member since"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("member"), _("members")
        constraints = [
            models.UniqueConstraint(fields=["organization", "person"], name="one_membership_each"),
            models.CheckConstraint(
                condition=models.Q(role__in=["administrator", "issuer", "reader"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization} · {self.role}"


class Invitation(models.Model):
    """Someone is asked to act for an organization; they do once they have proved this mailbox."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role, default=Role.READER)
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index("email", name="invitation_by_mailbox")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "email"], name="one_invitation_each"),
            models.CheckConstraint(
                condition=models.Q(role__in=["administrator", "issuer", "reader"]), name="invitation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organization} · {self.role}"

    @property
    def good_until(self) -> datetime:
        """From then on nobody becomes a member by it, unless it is sent again, which makes it new."""
        return self.created_at + timedelta(days=INVITATION_DAYS)

    @property
    def is_good(self) -> bool:
        return timezone.now() < self.good_until
