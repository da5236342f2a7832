"""Addresses of the recipient's door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
