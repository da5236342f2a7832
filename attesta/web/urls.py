"""Addresses of the hall: the front page, the language switch, the component gallery."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
