"""What happened to the institution's documents lately, in four numbers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations.rules import Act


@require_safe
@staff(Act.LOOK)
def dashboard(request: StaffRequest) -> HttpResponse:
    return render(request, "issuer/dashboard.html", {})
