"""What the demonstration's pages show besides."""

from __future__ import annotations

from django import template

from demo import factors

register = template.Library()


@register.simple_tag
def staff_codes() -> list[factors.Code]:
    return factors.codes()
