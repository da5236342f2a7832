"""Operators see that documents, templates and batches exist and how they stand: never a byte of them."""

from __future__ import annotations

from django.contrib import admin

from attesta.credentials.models import Batch, Credential, Template, Version


class VersionInline(admin.TabularInline[Version, Credential]):
    model = Version
    fields = readonly_fields = (
        *("number", "source", "issued_on", "page_count", "size", "sha256"),
        *("created_at", "sealed_at", "render_due_at"),
    )
    can_delete = False


@admin.register(Credential)
class CredentialAdmin(admin.ModelAdmin[Credential]):
    list_display = ("id", "issuer", "title_fr", "learner_email", "latest", "issued_on", "revoked_at", "claimed_at")
    list_select_related = ("issuer",)
    search_fields = ("id__exact", "number__exact", "learner_email__exact", "issuer__slug__exact")
    ordering = ("-created_at",)
    fields = (
        *("id", "kind", "issuer", "number", "title_fr", "title_en", "learner", "learner_name", "learner_email"),
        *("issued_on", "expires_on", "latest", "updated_at", "revoked_at", "revocation_shown"),
        *("quiet", "release_due_at", "claimed_at", "created_at"),
    )
    inlines = (VersionInline,)


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin[Template]):
    list_display = ("name", "issuer", "kind", "version", "created_at", "retired_at")
    list_select_related = ("issuer",)
    search_fields = ("id__exact", "name", "issuer__slug__exact")
    ordering = ("issuer__slug", "name")
    fields = ("id", *list_display, "title_fr", "title_en")


@admin.register(Batch)
class BatchAdmin(admin.ModelAdmin[Batch]):
    list_display = (
        *("file_name", "issuer", "form", "state", "row_count", "issued_count", "failed_count", "created_label"),
        "created_at",
    )
    list_filter = ("state",)
    list_select_related = ("issuer",)
    search_fields = ("id__exact", "file_name", "issuer__slug__exact")
    ordering = ("-created_at",)
    fields = (
        *("id", "issuer", "form", "file_name", "size", "template", "state", "tries", "quiet", "release_at"),
        *("row_count", "problem_count", "issued_count", "failed_count", "created_label", "created_by", "created_at"),
        *("approved_by", "approved_at", "started_by", "started_at", "finished_at"),
    )
