"""Addresses of the verifier's door. ``/verify/<code>`` stands on paper and in seals: it stays for good."""

from django.urls import path

from attesta.verifier import views

app_name = "verifier"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/roots/", views.roots, name="roots"),
    path("verify/roots/<str:sha256>.pem", views.root, name="root"),
    path("verify/roots/<slug:slug>.crl", views.revocation_list, name="revocation-list"),
    path("verify/<str:code>", views.printed, name="printed"),
]
