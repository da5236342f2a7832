"""``{% load kinds %}``: templates in words."""

from __future__ import annotations

from django import template

from attesta.credentials.models import Template, TemplateKind
from attesta.issuer.forms.templates import KINDS
from attesta.web.dates import french

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """``{{ template.kind|kind_word }}``"""
    return str(KINDS[TemplateKind(kind)]) if kind in TemplateKind else kind


@register.filter
def template_title(template: Template) -> str:
    """What its documents are called."""
    return template.title_fr if french() else template.title_en
