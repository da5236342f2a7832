"""The way in: straight to one's institution, or a choice between several."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from attesta.issuer.signals import DESK
from attesta.organizations.models import Membership
from attesta.web.gates import PersonRequest, signed_in


@require_safe
@signed_in
def choose(request: PersonRequest) -> HttpResponse:
    """404 for whoever acts for no institution."""
    rows = Membership.objects.filter(person=request.person, organization__is_issuer=True)
    memberships = list(rows.select_related("organization").order_by("organization__slug"))
    if not memberships:
        request.session.pop(DESK, None)
        raise Http404
    if len(memberships) == 1:
        return redirect("issuer:dashboard", memberships[0].organization.slug)
    return render(request, "issuer/choose.html", {"memberships": memberships})
