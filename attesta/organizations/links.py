"""Addresses that letters name: the only place in this room that knows a door's."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from attesta.organizations.models import Organization


def desk(organization: Organization) -> str:
    """Where its staff work."""
    return settings.BASE_URL + reverse("issuer:dashboard", args=[organization.slug])


def members(organization: Organization) -> str:
    """Who acts for it, and when it takes two."""
    return settings.BASE_URL + reverse("issuer:members", args=[organization.slug])
