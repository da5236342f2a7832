"""What a page about one share begins with."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from attesta.shares.models import Share
from attesta.web.gates import PersonRequest


def owned(request: PersonRequest, pk: UUID) -> Share:
    """Someone else's share is not there."""
    return get_object_or_404(Share.objects.owned_by(request.person), pk=pk)
