"""What institutions enter in two languages, in the reader's: ``{% load naming %}``."""

from __future__ import annotations

from django import template

from attesta.organizations.models import Organization
from attesta.web.dates import french

register = template.Library()


@register.filter
def unit_of(organization: Organization) -> str:
    """Who answers questions there; may be empty."""
    return organization.unit("fr" if french() else "en")


@register.filter
def website_of(organization: Organization) -> str:
    return organization.website("fr" if french() else "en")
