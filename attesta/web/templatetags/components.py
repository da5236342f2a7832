"""Components that need more than an include: a body, the form guard, a drawing.

Their looks stand in ``templates/web/components/``; all are shown at ``/_components/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from attesta.web import charts

register = template.Library()
FOLDER = "web/components"


@register.inclusion_tag(f"{FOLDER}/pill.html")
def pill(status: str, of: str = "", text: str = "") -> dict[str, Any]:
    return {"status": status, "of": of, "text": text}


@register.inclusion_tag(f"{FOLDER}/post_button.html")
def post_button(url: str, label: str, **options: Any) -> dict[str, Any]:
    """A form that holds one button: ``kind``, ``icon``, ``fields`` (name → value), ``about`` (unseen words)."""
    return {"url": url, "label": label, **options}


@register.inclusion_tag(f"{FOLDER}/status_switch.html")
def status_switch(url: str, on: bool, name: str, **options: Any) -> dict[str, Any]:
    """The switch in a row. ``url`` is where a press posts to; ``name`` names the share for screen readers."""
    return {"url": url, "on": on, "name": name, **options}


@register.inclusion_tag(f"{FOLDER}/views_chart.html")
def views_chart(days: Sequence[tuple[date, int]]) -> dict[str, Any]:
    return {"chart": charts.chart(days)}


@register.simple_block_tag
def fold(content: str, title: str, total: str = "", **options: Any) -> SafeString:
    """A folding section, open unless ``closed=True``; ``total`` stands in its summary."""
    return render_to_string(f"{FOLDER}/fold.html", {"content": content, "title": title, "total": total, **options})


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", **options: Any) -> SafeString:
    """A banner of ``kind`` info, success, attention or danger."""
    return render_to_string(f"{FOLDER}/notice.html", {"content": content, "kind": kind, "title": title, **options})


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "document", **options: Any) -> SafeString:
    """Nothing here yet: an icon, a sentence, and in the body what to do."""
    return render_to_string(f"{FOLDER}/empty.html", {"content": content, "title": title, "icon": icon, **options})


@register.simple_block_tag(takes_context=True)
def confirm(context: template.Context, content: str, title: str, url: str, action: str, **options: Any) -> SafeString:
    """A page's one question: what will happen to the thing it names, the button, and the way back."""
    inner = {"content": content, "title": title, "url": url, "action": action, **options}
    return render_to_string(f"{FOLDER}/confirm.html", inner | {"csrf_token": context.get("csrf_token")})
