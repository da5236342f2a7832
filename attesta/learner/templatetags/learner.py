"""Names that institutions gave in both languages, in the reader's."""

from __future__ import annotations

from django import template

from attesta.credentials.models import Credential
from attesta.learner.languages import language
from attesta.organizations.models import Organization

register = template.Library()


@register.filter
def titled(credential: Credential) -> str:
    """``{{ credential|titled }}``"""
    return credential.title(language())


@register.filter
def named(organization: Organization) -> str:
    return organization.name(language())
