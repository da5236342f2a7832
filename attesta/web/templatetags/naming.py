"""What institutions enter in two languages, in the reader's: ``{% load naming %}``."""

from __future__ import annotations

from django import template

from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from attesta.web.languages import language

register = template.Library()


@register.filter
def titled(credential: Credential) -> str:
    """``{{ credential|titled }}``"""
    return credential.title(language())


@register.filter
def named(organization: Organization) -> str:
    return organization.name(language())


@register.filter
def unit_of(organization: Organization) -> str:
    """Who answers questions there; may be empty."""
    return organization.unit(language())


@register.filter
def website_of(organization: Organization) -> str:
    return organization.website(language())
