"""Operators see institutions and who acts for them; members and settings change at the desk, and by commands."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from attesta.organizations.models import Membership, Organization


class MembershipInline(admin.TabularInline[Membership, Organization]):
    model = Membership
    fields = readonly_fields = ("person", "role", "created_at")
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("person", "organization")


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin[Organization]):
    list_display = ("slug", "name_fr", "name_en", "contact_email", "is_issuer", "is_receiver")
    list_filter = ("is_issuer", "is_receiver")
    search_fields = ("id__exact", "slug", "folded_fr", "folded_en", "contact_email")
    ordering = ("slug",)
    fields = (
        *("id", *list_display, "unit_fr", "unit_en", "contact_phone", "website_fr", "website_en", "address"),
        *("approval_above", "approval_rising_to", "approval_rises_at", "created_at"),
    )
    inlines = (MembershipInline,)
