"""Operators see that a share exists and how it stands: no link, no PIN, nothing of what its learner wrote."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attesta.shares.models import Item, Share


class ItemInline(admin.TabularInline[Item, Share]):
    model = Item
    fields = readonly_fields = ("credential", "position", "sent_version")
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        return super().get_queryset(request).select_related("credential")


@admin.register(Share)
class ShareAdmin(admin.ModelAdmin[Share]):
    list_display = (
        *("id", "owner", "channel", "recipient_email", "enabled", "expires_at", "consultations", "last_consulted_at"),
        "created_at",
    )
    list_filter = ("channel", "enabled")
    list_select_related = ("owner",)
    search_fields = ("id__exact", "owner__email__exact", "recipient_email__exact")
    ordering = ("-created_at",)
    fields = (
        *(*list_display, "language", "has_pin", "may_download", "notify_first", "max_consultations", "downloads"),
        *("last_sent_at", "expiry_warned_at", "expiry_noticed_at"),
    )
    readonly_fields = ("has_pin",)
    inlines = (ItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Share]:
        """What is not shown is not read."""
        return super().get_queryset(request).defer("token_sealed", "search", "message", "purpose", "reference")

    @admin.display(boolean=True, description=_("has a PIN"))
    def has_pin(self, share: Share) -> bool:
        return share.has_pin
