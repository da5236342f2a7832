"""Operators look at the outbox, never into a letter, and give dead letters another try."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from attesta.mail import outbox
from attesta.mail.models import Letter, State


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    list_display = ("created_at", "kind", "to", "language", "state", "attempts", "due_at", "settled_at", "last_error")
    list_filter = ("state",)
    search_fields = ("id__exact", "subject_id__exact", "to")
    ordering = ("-created_at",)
    fields = ("id", *list_display, "subject_id", "message_id", "leased_until")
    actions = ("requeue",)

    @admin.action(description=_("Queue dead letters again"), permissions=["requeue"])
    def requeue(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        revived = sum(outbox.requeue(letter) for letter in letters.filter(state=State.DEAD))
        told = ngettext("%(count)s letter is queued again.", "%(count)s letters are queued again.", revived)
        self.message_user(request, told % {"count": revived})

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        """Whoever may look: it is the one thing that is done here."""
        return self.has_view_permission(request)
