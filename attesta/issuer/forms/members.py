"""Who is asked to act for the institution, and in which role."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attesta.issuer.forms.choices import explained
from attesta.organizations.models import Role
from attesta.organizations.rules import MOST_ALONE, Refusal

ROLES = [
    (Role.READER, _("Sees documents, people and numbers, and changes nothing.")),
    (Role.ISSUER, _("Also issues, updates and revokes documents, hands in batches and approves those of others.")),
    (Role.ADMINISTRATOR, _("Also keeps the templates, and decides who else acts for the institution.")),
]
CHOICES = [(role.value, explained(role.label, help)) for role, help in ROLES]
ABOUT_ADDRESS = (Refusal.ALREADY_A_MEMBER, Refusal.EMAIL_INVALID, Refusal.TOO_OFTEN, Refusal.TOO_OFTEN_TODAY)
FIELDS = dict.fromkeys(ABOUT_ADDRESS, "email")


class RoleField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(label=_("Role"), choices=CHOICES, widget=forms.RadioSelect(attrs={"class": "choices-cards"}))


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("At work, best: whoever reads this mailbox takes up the role."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = RoleField()


class RoleForm(forms.Form):
    """``before`` is the role that the page showed: another one meanwhile is not overwritten."""

    before = forms.ChoiceField(choices=Role, widget=forms.HiddenInput)
    role = RoleField()


class ApprovalForm(forms.Form):
    """``before`` is what the page showed of the institution's choice: another one meanwhile is not overwritten."""

    before = forms.CharField(max_length=40, widget=forms.HiddenInput)
    above = forms.IntegerField(
        label=_("Documents that one person may issue at once"),
        min_value=0,
        max_value=MOST_ALONE,
        help_text=_("A batch of more documents waits until a second person has approved it. 0: every batch waits."),
    )
