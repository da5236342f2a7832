"""Operators see that documents exist and how they stand: never a byte of them, and nothing to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from attesta.credentials.models import Credential, Version


class ReadOnly:
    """Documents change through ``credentials.actions`` alone."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionInline(ReadOnly, admin.TabularInline[Version, Credential]):
    model = Version
    fields = ["number", "issued_on", "page_count", "size", "reason", "sha256", "created_at", "render_due_at"]
    extra = 0


@admin.register(Credential)
class CredentialAdmin(ReadOnly, admin.ModelAdmin[Credential]):
    list_display = ["id", "issuer", "title_fr", "learner_email", "latest", "issued_on", "revoked_at", "claimed_at"]
    list_filter = ["issuer"]
    list_select_related = ["issuer"]
    search_fields = ["=id", "=number", "=learner_email", "folded_fr", "folded_en"]
    date_hierarchy = "created_at"
    inlines = [VersionInline]
