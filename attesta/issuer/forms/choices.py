"""Choices that say in a line of their own what each is for."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

_html = lazy(format_html, SafeString)


def explained(label: str | Promise, help: str | Promise) -> str | Promise:
    return _html('{} <span class="choice-help">{}</span>', label, help)
