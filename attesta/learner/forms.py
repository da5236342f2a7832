"""What a learner types: a new share, and the five fields of one that exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from attesta.accounts.fields import LineField
from attesta.accounts.models import Language
from attesta.learner import days
from attesta.shares import rules
from attesta.shares.actions import Changes, Invalid, Offer
from attesta.shares.models import Channel, Share

MAX_VIEWS = 100_000
SUGGESTIONS = (
    gettext_lazy("Application for admission"),
    gettext_lazy("Application for a job"),
    gettext_lazy("Professional order or licence"),
    gettext_lazy("Scholarship or loan"),
    gettext_lazy("Immigration"),
    gettext_lazy("My own records"),
)


class Suggested(forms.TextInput):
    """Free text with suggestions that the browser offers."""

    template_name = "learner/widgets/suggested.html"

    def __init__(self, suggestions: tuple[str | Promise, ...]) -> None:
        super().__init__()
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        return context | {"suggestions": self.suggestions}


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class PinField(forms.CharField):
    """4 to 12 digits, or nothing. Spaces are for reading only."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "input-code", "spellcheck": "false"}
        super().__init__(required=False, max_length=24, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> str:
        pin = "".join(str(super().clean(value)).split())
        if pin and not rules.valid_pin(pin):
            raise ValidationError(_("A PIN has 4 to 12 digits."))
        return pin


class MailboxesField(forms.CharField):
    """One address a line, or separated by commas or semicolons; each becomes a share of its own."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        addresses = list(dict.fromkeys(each.strip().lower() for each in re.split(r"[\s,;]+", text) if each.strip()))
        wrong = [address for address in addresses if not is_mailbox(address)]
        if wrong:
            words = ngettext(
                "This is not an email address: %(wrong)s.", "These are not email addresses: %(wrong)s.", len(wrong)
            )
            raise ValidationError(words % {"wrong": ", ".join(wrong)})
        if len(addresses) > rules.MAX_RECIPIENTS:
            raise ValidationError(sentence_of("recipients", "too-many"))
        return "\n".join(addresses)


def is_mailbox(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    fields: list[forms.BoundField]


GROUPS = (
    (gettext_lazy("For the recipient"), ("recipients", "recipient_name", "language", "reference", "message")),
    (gettext_lazy("Protection and duration"), ("pin", "may_download", "expiry", "expires_on", "max_consultations")),
    (gettext_lazy("For you"), ("name", "purpose", "notify_first")),
)


class OfferForm(forms.Form):
    """A new share. Fields that the channel has no use for are left out."""

    template_name = "learner/new/fields.html"

    recipients = MailboxesField(
        label=gettext_lazy("Email addresses"),
        help_text=gettext_lazy("One address a line. Each gets a share of its own, which you can end by itself."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "inputmode": "email"}),
    )
    recipient_name = LineField(
        label=gettext_lazy("Recipient"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Who you will give the link to, in your own words."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        choices=Language,
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    reference = LineField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Seen by the recipient: an application number, for example."),
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Stands in the email to the recipient."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pin = PinField(label=gettext_lazy("PIN"))
    may_download = forms.BooleanField(
        label=gettext_lazy("The recipient may download the documents"),
        required=False,
        help_text=gettext_lazy(
            "Without this, the recipient sees the pages as pictures and never gets the original file. "
            "Viewing cannot prevent copying."
        ),
    )
    expiry = forms.ChoiceField(
        label=gettext_lazy("The link expires"),
        choices=[
            ("none", gettext_lazy("Never")),
            ("30", gettext_lazy("In 30 days")),
            ("90", gettext_lazy("In 90 days")),
            ("date", gettext_lazy("On a date I choose")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The link opens through this day. Only for a date you choose."),
    )
    max_consultations = forms.IntegerField(
        label=gettext_lazy("Limit on views"),
        required=False,
        min_value=1,
        max_value=MAX_VIEWS,
        help_text=gettext_lazy("After this many views the link closes. Leave empty for no limit."),
    )
    name = LineField(
        label=gettext_lazy("Share name"),
        max_length=100,
        help_text=gettext_lazy("How you will find it again. Seen by you only."),
    )
    purpose = LineField(
        label=gettext_lazy("Purpose of share"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Seen by you only."),
        widget=Suggested(SUGGESTIONS),
    )
    notify_first = forms.BooleanField(label=gettext_lazy("Tell me by email when it is first viewed"), required=False)

    def __init__(self, data: Mapping[str, str] | None = None, *, channel: str, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for name in ("recipients", "message") if channel == Channel.LINK else ("recipient_name",):
            del self.fields[name]
        self.channel = Channel(channel)
        pin = self.fields["pin"]
        if channel == Channel.EMAIL:
            pin.help_text = _(
                "4 to 12 digits. It leaves in a second email and replaces the one-time code. "
                "Leave empty: the recipient then proves the mailbox by a one-time code."
            )
        else:
            pin.help_text = _("4 to 12 digits, which you give to the recipient yourself, apart from the link.")
            self.fields["language"].label = _("Language of the page")

    @property
    def groups(self) -> list[Group]:
        """Fields as they are laid out."""
        return [
            Group(title, fields)
            for title, names in GROUPS
            if (fields := [self[name] for name in names if name in self.fields])
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("expiry") == "date" and "expires_on" not in self.errors:
            last = cleaned.get("expires_on")
            if last is None:
                self.add_error("expires_on", _("Choose the last day, or another way to expire."))
            elif complaint := about_day(last):
                self.add_error("expires_on", complaint)
        return cleaned

    @property
    def addresses(self) -> list[str]:
        return str(self.cleaned_data.get("recipients", "")).split()

    @property
    def last_day(self) -> date | None:
        choice = self.cleaned_data["expiry"]
        if choice == "date":
            return self.cleaned_data["expires_on"]  # type: ignore[no-any-return]
        return None if choice == "none" else days.today() + timedelta(days=int(choice))

    def offer(self) -> Offer:
        """Only of a valid form."""
        values = self.cleaned_data
        return Offer(
            name=values["name"],
            channel=self.channel,
            language=values["language"],
            recipients=self.addresses,
            recipient_name=values.get("recipient_name", ""),
            purpose=values["purpose"],
            reference=values["reference"],
            message=values.get("message", ""),
            pin=values["pin"],
            may_download=values["may_download"],
            expires_at=days.closing(self.last_day) if self.last_day else None,
            max_consultations=values["max_consultations"],
            notify_first=values["notify_first"],
        )


class EditForm(forms.Form):
    """The five fields of guide steps 05 and 06. A PIN that is set stays unseen: empty keeps it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = LineField(label=gettext_lazy("Share name"), max_length=100)
    purpose = LineField(
        label=gettext_lazy("Purpose of share"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Seen by you only."),
        widget=Suggested(SUGGESTIONS),
    )
    reference = LineField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Seen by the recipient: an application number, for example."),
    )
    pin = PinField(label=gettext_lazy("PIN"))
    remove_pin = forms.BooleanField(label=gettext_lazy("Remove the PIN"), required=False)
    expires_on = forms.DateField(
        label=gettext_lazy("Expiry date"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("The link opens through this day. Leave empty: it never expires."),
    )

    def __init__(self, data: Any = None, *, share: Share) -> None:
        super().__init__(data, initial=initial_of(share))
        self.share = share
        pin = self.fields["pin"]
        if share.has_pin:
            pin.help_text = _("A PIN is set. Leave empty to keep it, or type another: 4 to 12 digits.")
            pin.widget.attrs["placeholder"] = "••••"
        else:
            del self.fields["remove_pin"]
            pin.help_text = _("4 to 12 digits. Leave empty for none.")
        if share.is_email:
            pin.help_text += " " + _("A new PIN is sent to the recipient by email while the share is open.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("remove_pin") and cleaned.get("pin"):
            self.add_error("pin", _("Type another PIN or remove it, not both."))
        last = cleaned.get("expires_on")
        if last and last != self.share.last_day and (complaint := about_day(last)):
            self.add_error("expires_on", complaint)
        return cleaned

    def changes(self, kept_pin: str) -> Changes:
        """Only of a valid form. ``kept_pin`` is the PIN that stands now, "" for none."""
        values = self.cleaned_data
        pin = "" if values.get("remove_pin") else values["pin"] or kept_pin
        return Changes(values["name"], values["purpose"], values["reference"], pin, self.expires_at)

    @property
    def expires_at(self) -> datetime | None:
        """To the second what it was, when its day was left alone."""
        last = self.cleaned_data["expires_on"]
        if last is None:
            return None
        return self.share.expires_at if last == self.share.last_day else days.closing(last)


def initial_of(share: Share) -> dict[str, Any]:
    return {
        "version": share.version,
        "name": share.name,
        "purpose": share.purpose,
        "reference": share.reference,
        "expires_on": share.last_day,
    }


def about_day(last: date) -> str:
    """What is wrong with ``last`` as a link's last day; empty when nothing is."""
    if last < days.today():
        return sentence_of("expires_at", "past")
    return "" if days.imaginable(last) else _("Choose a day within the next hundred years.")


# --- what the action refused, beside the field it speaks of ------------------------------------------

FIELDS = {"expires_at": "expires_on", "documents": None}


def complain(form: forms.Form, problem: Invalid) -> None:
    """Put a refusal of ``shares.actions`` where the learner can mend it."""
    field = FIELDS.get(problem.field, problem.field)
    form.add_error(field if field in form.fields else None, sentence_of(problem.field, problem.code))


def sentence_of(field: str, code: str) -> str:
    return {
        ("documents", "none"): _("Choose at least one document."),
        ("documents", "too-many"): _("One share holds at most %(count)s documents.") % {"count": rules.MAX_DOCUMENTS},
        ("documents", "revoked"): _("A revoked document cannot be shared. Take it out of the share."),
        ("name", "required"): _("Give the share a name."),
        ("recipients", "required"): _("Enter at least one email address."),
        ("recipients", "too-many"): _("At most %(count)s addresses at once.") % {"count": rules.MAX_RECIPIENTS},
        ("recipients", "too-many-today"): _(
            "You have sent as many emails as one day allows. What you typed is kept: share by link, or go on tomorrow."
        ),
        ("pin", "too-many-today"): _(
            "The new PIN would leave by email, and you have sent as many emails as one day allows. Nothing was saved:"
            " change the PIN tomorrow."
        ),
        ("pin", "digits"): _("A PIN has 4 to 12 digits."),
        ("expires_at", "past"): _("Choose today or a later day."),
        ("max_consultations", "at-least-one"): _("A limit is at least one view."),
    }.get((field, code), _("This cannot be shared as it is. Check what you entered."))
