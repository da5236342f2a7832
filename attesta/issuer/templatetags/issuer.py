"""``{% load issuer %}``: the sections of an institution's desk, and the way to each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from attesta.issuer import wordings
from attesta.issuer.gates import StaffRequest

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    icon: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def desk_url(context: template.Context, name: str, *args: Any) -> str:
    """``{% desk_url "document" credential.pk %}``: a page of this institution."""
    return reverse(f"issuer:{name}", args=[context["request"].organization.slug, *args])


@register.simple_tag(takes_context=True)
def sections(context: template.Context) -> list[Section]:
    request: StaffRequest = context["request"]
    here = request.path.split("/")[3]
    labels = [
        ("dashboard", "", _("Overview"), "grid"),
        ("documents", "documents", _("Documents"), "documents"),
        ("batches", "batches", _("Batches"), "list"),
        ("templates", "templates", _("Templates"), "document"),
        ("members", "members", _("Members"), "user"),
    ]
    return [
        Section(label, icon, url, here == part)
        for name, part, label, icon in labels
        if (url := address(name, request.organization.slug))
    ]


@register.filter
def active_content(code: str) -> str:
    """What sealing takes out, by its code (``seals.activity``)."""
    return wordings.active_content(code)


def address(name: str, slug: str) -> str:
    try:
        return reverse(f"issuer:{name}", args=[slug])
    except NoReverseMatch:
        return ""
