"""People: learners, staff and operators are all persons."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

DEFAULT_TIME_ZONE = "America/Toronto"


class Language(models.TextChoices):
    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person with ``email`` as sign-in address, in lower case. Raises ValueError without one."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. Proved mailboxes are allauth's verified ``EmailAddress`` rows."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    time_zone = models.CharField(_("time zone"), max_length=64, default=DEFAULT_TIME_ZONE)
    wants_notices = models.BooleanField(_("notices by e-mail"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False, help_text=_("May use the operators’ view."))
    joined_at = models.DateTimeField(_("account made"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of preferences.")

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["fr", "en"]), name="person_language_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Model | None = None) -> bool:
        """Operators look at everything and change nothing: what changes, changes by an action of its room (ADR 31)."""
        return self.is_active and self.is_staff and perm.partition(".")[2].startswith("view_")

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
