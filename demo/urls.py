"""Addresses of the demonstration's mail page; the address book includes them in demonstration mode alone."""

from django.urls import URLPattern

app_name = "demo_mail"

urlpatterns: list[URLPattern] = []
