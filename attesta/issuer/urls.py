"""Addresses of the issuer's door. Everything of an institution stands below its slug."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from attesta.issuer.views import choosing, dashboard, members

app_name = "issuer"

DOCUMENTS: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
]
MEMBERS: list[URLPattern] = [
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="member-invite"),
    path("members/<uuid:person>/role/", members.change_role, name="member-role"),
    path("members/<uuid:person>/remove/", members.remove, name="member-remove"),
    path("members/invitations/<uuid:pk>/resend/", members.invite_again, name="invitation-resend"),
    path("members/invitations/<uuid:pk>/withdraw/", members.withdraw, name="invitation-withdraw"),
]
TEMPLATES: list[URLPattern] = []
BATCHES: list[URLPattern] = []

urlpatterns = [
    path("issuer/", choosing.choose, name="home"),
    path("issuer/<slug:slug>/", include([*DOCUMENTS, *MEMBERS, *TEMPLATES, *BATCHES])),
]
