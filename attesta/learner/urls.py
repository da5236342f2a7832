"""Addresses of the learner's door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
