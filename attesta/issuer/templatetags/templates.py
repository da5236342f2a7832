"""``{% load templates %}``: an institution's templates in words."""

from __future__ import annotations

from django import template

from attesta.credentials.models import Template
from attesta.issuer import kinds
from attesta.web.languages import language

register = template.Library()
register.filter("kind_word", kinds.kind_word)


@register.filter
def template_title(template: Template) -> str:
    """What its documents are called."""
    return template.title_fr if language() == "fr" else template.title_en
