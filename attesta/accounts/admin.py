"""Operators find a person, close an account, and change nothing else."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from attesta.accounts.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ("email", "name", "language", "is_active", "is_staff", "joined_at", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name", "emailaddress__email")
    ordering = ("email",)
    fields = ("id", "email", "name", "language", "time_zone", "is_active", "is_staff", "joined_at", "last_login")
    readonly_fields = ("id", "email", "name", "language", "time_zone", "is_staff", "joined_at", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False
