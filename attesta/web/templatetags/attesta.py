"""What templates say: dates, empty values, icons, links that keep the query string."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from attesta.activity.models import Line
from attesta.web import dates, lists, sentences, statuses

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    return dates.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    return dates.moment(value)


@register.simple_tag
def present() -> str:
    """The moment of this page, for what is printed."""
    return dates.moment(timezone.now())


@register.filter
def or_na(value: object) -> object:
    """``S. O.`` / ``N/A`` for what has no value; zero is a value."""
    return _("N/A") if value is None or value == "" else value


@register.filter
def or_none(value: object) -> object:
    """``Aucun`` / ``None`` for what was not set, a PIN for example."""
    return _("None") if value is None or value == "" else value


@register.simple_tag
def head(template_name: str = "web/head.html") -> SafeString:
    """What every page loads: addresses of static files, which do not change while a process lives."""
    return rendered_once(template_name)


@cache
def rendered_once(template_name: str) -> SafeString:
    return render_to_string(template_name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our sprite: silent beside a word, named by ``label`` when it stands alone."""
    if not label:
        return silent_icon(name)
    return format_html(
        '<svg class="icon icon-{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        name,
        label,
        static("web/icons.svg"),
        name,
    )


@cache
def silent_icon(name: str) -> SafeString:
    drawing = '<svg class="icon icon-{}" aria-hidden="true"><use href="{}#{}"></use></svg>'
    return format_html(drawing, name, static("web/icons.svg"), name)


@register.simple_tag
def status_look(status: str, of: str = "") -> statuses.Look:
    return statuses.look(status, of)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """``?…`` of this page with some parameters replaced; None or "" takes one away.

    ``<a href="{% query sort="name" after=None %}">``
    """
    parameters = context["request"].GET.copy()
    parameters.pop("lang", None)
    for name, value in changes.items():
        parameters.pop(name, None)
        if value is not None and value != "":
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else context["request"].path


@register.simple_tag
def from_list(address: str) -> str:
    """Stands after the address of what the list at ``address`` links to."""
    return lists.onward(address)


@register.simple_tag(takes_context=True)
def same_list(context: template.Context) -> str:
    """Stands after the address of the next page about the same thing."""
    return lists.along(context["request"])


@register.simple_tag(takes_context=True)
def to_list(context: template.Context) -> str:
    """Stands after the list's address in a link back."""
    return lists.back(context["request"])


@register.filter
def error_count(errors: ErrorDict) -> int:
    """How many things a form complains of."""
    return sum(len(complaints) for complaints in errors.values())


# --- lines of the ledger -------------------------------------------------------------------------


@register.filter
def sentence(line: Line) -> str:
    return sentences.sentence(line)


@register.filter
def performed_by(line: Line) -> str:
    return sentences.performed_by(line)


@register.filter
def recipient(line: Line) -> str:
    return sentences.recipient(line)


@register.filter
def event_icon(line: Line) -> str:
    """The icon of a line's verb, to stand before its sentence."""
    return statuses.event_icon(line.verb)
