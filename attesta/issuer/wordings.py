"""Codes of other rooms in words that staff read."""

from __future__ import annotations

from django.utils.translation import gettext as _


def active_content(code: str) -> str:
    """What can be taken out of a PDF before it is sealed (``seals.activity``). A later code reads as itself."""
    return {
        "javascript": _("programs (JavaScript)"),
        "launch": _("actions that start another program"),
        "embedded-files": _("attached files"),
        "forms": _("form fields that send, import or hide something"),
        "remote-links": _("jumps into other files"),
        "media": _("sounds, films and animations"),
        "other-actions": _("actions that change what is shown"),
        "usage-rights": _("usage rights of another program"),
    }.get(code, code)
