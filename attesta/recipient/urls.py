"""Addresses of the recipient's door."""

from django.urls import path

from attesta.recipient.views import asking, cover, files, visits

app_name = "recipient"
DOCUMENT = "visits/<uuid:visit_id>/documents/<uuid:credential_id>"
urlpatterns = [
    path("s/<str:token>", cover.share, name="share"),
    path("s/<str:token>/code", cover.code, name="code"),
    path("s/<str:token>/ask", asking.ask, name="ask"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path(f"{DOCUMENT}/pages/<int:number>", files.page, name="visit-page"),
    path(f"{DOCUMENT}/pages/<int:number>/text", visits.text, name="visit-text"),
    path(f"{DOCUMENT}/file", files.file, name="visit-file"),
    path(f"{DOCUMENT}/print", visits.print_sheet, name="visit-print"),
]
