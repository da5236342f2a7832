"""Operators read the ledger; nobody edits it."""

from django.contrib import admin
from django.http import HttpRequest

from attesta.activity.models import Line


@admin.register(Line)
class LineAdmin(admin.ModelAdmin[Line]):
    list_display = ("at", "verb", "actor_label", "recipient_label", "share_id", "credential_id")
    list_filter = ("verb",)
    search_fields = ("actor_label", "recipient_label")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Line | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Line | None = None) -> bool:
        return False
