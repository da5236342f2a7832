"""The reader's language, as titles and names of institutions know it."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """``fr`` or ``en``."""
    return (get_language() or "fr")[:2]
