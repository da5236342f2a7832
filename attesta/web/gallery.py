"""The component gallery: every component on one page, for those who build and check pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from attesta.web import statuses

ICONS = re.findall(r'symbol id="([a-z-]+)"', (Path(__file__).parent / "static/web/icons.svg").read_text())


class Sample(forms.Form):
    """One field of each kind, and a complaint of each kind."""

    name = forms.CharField(label=_("Share name"), max_length=100)
    email = forms.EmailField(label=_("Recipient"), help_text=_("The address the link is sent to."))
    purpose = forms.CharField(label=_("Purpose of share"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    expires = forms.DateField(
        label=_("Expiry date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English")])
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("email", _("By email")), ("link", _("By link"))],
        widget=forms.RadioSelect(attrs={"class": "choices-cards"}),
    )
    download = forms.BooleanField(
        label=_("Allow download"), required=False, help_text=_("Viewing cannot prevent copying.")
    )

    def clean(self) -> dict[str, Any]:
        if self.data.get("name") == "":
            raise ValidationError(_("Someone else changed this share meanwhile."))
        return super().clean() or {}


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The share is disabled."))
    today = date(2024, 3, 22)
    return render(
        request,
        "web/gallery.html",
        {
            "icons": ICONS,
            "statuses": list(statuses.LOOKS),
            "form": Sample(initial={"channel": "email", "download": True}),
            "bad_form": Sample({"name": "", "email": "zoe@", "channel": "fax"}, auto_id="bad_%s"),
            "steps": [_("Documents"), _("Channel"), _("Options"), _("Review")],
            "today": today,
            "now": datetime(2024, 3, 22, 18, 3, tzinfo=UTC),
            "days": [(today - timedelta(days=29 - n), (n * 7 + n // 5 * 3) % 9 * (n % 3)) for n in range(30)],
        },
    )
