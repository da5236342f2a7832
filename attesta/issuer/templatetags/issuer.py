"""``{% load issuer %}``: the sections of an institution's desk, and the way to each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attesta.issuer import wordings
from attesta.issuer.gates import StaffRequest

register = template.Library()
KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


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


@register.filter
def file_size(octets: int) -> str:
    """In the units in which people are told how large a file may be."""
    if octets < MEGABYTE:
        return _("%(size)s KB") % {"size": number_format(round(octets / KILOBYTE, 1), 1)}
    return _("%(size)s MB") % {"size": number_format(round(octets / MEGABYTE, 1), 1)}


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
