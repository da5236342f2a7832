"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {
        "demonstration": settings.DEMONSTRATION,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "htmx_config": '{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0}',
    }
