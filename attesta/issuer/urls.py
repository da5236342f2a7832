"""Addresses of the issuer's door. Everything of an institution stands below its slug."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from attesta.issuer.views import choosing, dashboard

app_name = "issuer"

DOCUMENTS: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
]
MEMBERS: list[URLPattern] = []
TEMPLATES: list[URLPattern] = []
BATCHES: list[URLPattern] = []

urlpatterns = [
    path("issuer/", choosing.choose, name="home"),
    path("issuer/<slug:slug>/", include([*DOCUMENTS, *MEMBERS, *TEMPLATES, *BATCHES])),
]
