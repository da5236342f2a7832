"""What staff say when they revoke a document or correct where it goes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attesta.credentials import rules


class RevokeForm(forms.Form):
    """``version``: the document's, when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=rules.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept with the document. Name no one else in it."),
    )
    shown = forms.ChoiceField(
        label=_("Who may read the reason?"),
        choices=[
            ("staff", _("Only the institution’s staff")),
            ("all", _("The learner, recipients and whoever verifies the document")),
        ],
        initial="staff",
        widget=forms.RadioSelect,
    )


class CorrectForm(forms.Form):
    """``before``: where the document went when the form was opened."""

    before = forms.CharField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("The learner’s correct email address"),
        max_length=rules.EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The invitation leaves for this address at once."),
    )
