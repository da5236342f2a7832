"""Operators find a person and see how the account stands: no password, no factor, no session."""

from __future__ import annotations

from django.contrib import admin

from attesta.accounts.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ("email", "name", "language", "is_active", "is_staff", "joined_at", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("id__exact", "email", "name", "emailaddress__email")
    ordering = ("email",)
    fields = ("id", *list_display, "time_zone", "wants_notices")
