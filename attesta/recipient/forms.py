"""What a recipient types: a PIN, a code from their mailbox, a question to the owner."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attesta.accounts.fields import LineField
from attesta.shares.models import AccessRequest

DIGITS = {"class": "input-code", "inputmode": "numeric", "spellcheck": "false"}


class PinForm(forms.Form):
    """The PIN is checked by the gate alone; here only that something was typed."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=40,
        widget=forms.TextInput(attrs=DIGITS | {"autocomplete": "off"}),
        help_text=_("The digits that the person who shares with you gave you, apart from the link."),
        error_messages={"required": _("Type the PIN.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs=DIGITS | {"autocomplete": "one-time-code"}),
        help_text=_(
            "The eight digits of the newest email we sent you. A code works once, for fifteen minutes, in the browser"
            " that asked for it."
        ),
        error_messages={"required": _("Type the code.")},
    )


class AskForm(forms.ModelForm[AccessRequest]):
    class Meta:
        model = AccessRequest
        fields = ["name", "email", "message"]
        field_classes = {"name": LineField}
        labels = {"name": _("Your name"), "email": _("Your email address"), "message": _("Message")}
        help_texts = {
            "name": _("So that the owner knows who asks."),
            "email": _("The owner sees it. We write to it when the link opens again."),
            "message": _("What you need to see, and why. Optional."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            "message": forms.Textarea(attrs={"rows": 4}),
        }
