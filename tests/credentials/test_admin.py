"""Operators see how documents stand; nobody changes one there, and no page holds a byte of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.test import RequestFactory

from attesta.accounts.models import Person
from attesta.credentials.admin import CredentialAdmin
from attesta.credentials.models import Credential, Page, Version
from attesta.vault.models import DataKey


def test_neither_keys_nor_pages_nor_versions_are_listed() -> None:
    assert not {DataKey, Page, Version} & set(admin.site._registry)


def test_the_page_of_a_document_shows_no_content(operator: Person, diploma: Credential) -> None:
    request = RequestFactory().get("/")
    request.user = operator
    response = CredentialAdmin(Credential, AdminSite()).change_view(request, str(diploma.pk))
    context = response.context_data  # type: ignore[attr-defined]
    assert {name for _title, options in context["adminform"].fieldsets for name in options["fields"]} >= {"title_fr"}
    shown = {field for formset in context["inline_admin_formsets"] for field in formset.opts.fields}
    assert not shown & {"blob", "data_key"}


@pytest.mark.parametrize("may", ["has_add_permission", "has_change_permission", "has_delete_permission"])
def test_nothing_is_changed_there(may: str, operator: Person) -> None:
    request = RequestFactory().get("/")
    request.user = operator
    permission: Callable[..., bool] = getattr(CredentialAdmin(Credential, AdminSite()), may)
    assert permission(request) is False
