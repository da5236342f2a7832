"""Operators add institutions and correct their names and contacts."""

from __future__ import annotations

from django.contrib import admin

from attesta.organizations.models import Membership, Organization


class MembershipInline(admin.TabularInline[Membership, Organization]):
    model = Membership
    extra = 0
    raw_id_fields = ["person"]


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin[Organization]):
    list_display = ["slug", "name_fr", "name_en", "contact_email", "is_issuer", "is_receiver"]
    list_filter = ["is_issuer", "is_receiver"]
    search_fields = ["slug", "folded_fr", "folded_en", "contact_email"]
    readonly_fields = ["id", "created_at"]
    inlines = [MembershipInline]
