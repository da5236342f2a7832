"""Operators look at the outbox and give dead letters another try."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from attesta.mail import outbox
from attesta.mail.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    list_display = ("created_at", "kind", "to", "language", "state", "attempts", "due_at", "settled_at", "last_error")
    list_filter = ("state", "kind")
    search_fields = ("to", "message_id")
    ordering = ("-created_at",)
    exclude = ("sealed", "lease")
    show_full_result_count = False
    actions = ("requeue",)

    @admin.action(description="Queue dead letters again", permissions=["requeue"])
    def requeue(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        revived = sum(outbox.requeue(letter) for letter in letters)
        self.message_user(request, f"Letters queued again: {revived}")

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mail.change_letter")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False
