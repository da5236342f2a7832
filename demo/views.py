"""``/_mail/``: what the demonstration would have sent. Open to whoever sits at this machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from attesta.mail.models import Letter
from demo import postbox
from demo.backend import REFUSED_DOMAIN

PAGE_SIZE = 25
Policy = Mapping[str, Collection[str] | str]
FRAMING = cast(Policy, {**settings.SECURE_CSP, "frame-src": [CSP.SELF]})
# A letter's own style and nothing else: no script, no picture from elsewhere; its links open in the whole window.
LETTER: Policy = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


@require_safe
@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "").strip().lower()
    rows = Letter.objects.order_by("-created_at", "-id")
    page = Paginator(rows.filter(to__contains=to) if to else rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "letters": postbox.read(list(page)), "to": to, "refused": f"@{REFUSED_DOMAIN}"}
    return render(request, "demo/letters.html", context)


@require_safe
@never_cache
@csp_override(FRAMING)
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "demo/letter.html", {"letter": _read(pk)})


@require_safe
@never_cache
@csp_override(LETTER)
@xframe_options_sameorigin
def html(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The HTML part as it left; only its links are told to leave the frame."""
    part = _read(pk).html
    if not part:
        raise Http404(_("This letter has no HTML part."))
    return HttpResponse(part.replace("<head>", '<head>\n<base target="_top">', 1))


def _read(pk: UUID) -> postbox.Shown:
    return postbox.read([get_object_or_404(Letter, pk=pk)])[0]
