"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

# The address book is frozen (tests/house), and the hall may not import the doors above it.
ADDRESSES = {
    "documents": "/documents/",
    "shares": "/shares/",
    "account": "/account/",
    "desk": "/issuer/",
    "operations": "/operations/",
    "verify": "/verify/",
}


def page(request: HttpRequest) -> dict[str, object]:
    """``section`` is the first part of the path: the menu entry that is current."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "section": request.path.split("/")[1],
        "addresses": ADDRESSES,
    }
