"""allauth's forms in our words. No second password field, no placeholders, and whatever a password manager needs."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from attesta.accounts import unproved, validators
from attesta.accounts.fields import LineField
from attesta.accounts.models import Person
from attesta.mail.envelopes import AddressRefused, check_address

PASSWORD_HELP = lazy(validators.help_text, str)()
ADDRESS = {"type": "email", "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
LONGEST_ADDRESS = 254
"""Characters (RFC 5321, section 4.5.3.1.3); columns hold no more."""
CODE = {"class": "input-code", "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
APP_CODE_LIVES = 3 * 30
"""Seconds: the code's own half minute and one on either side (MFA_TOTP_TOLERANCE)."""
DIGITS = CODE | {"inputmode": "numeric"}


REVEAL = {"data-show": _("Show the password"), "data-hide": _("Hide the password")}


def dress(field: forms.Field, label: Any, help_text: Any = "", **attrs: str) -> None:
    """Give a field of allauth's our label, help and attributes."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs
    if isinstance(field.widget, forms.PasswordInput):
        field.widget.attrs |= REVEAL
    if isinstance(field, forms.EmailField):
        field.validators.append(reachable)


def reachable(address: str) -> None:
    """Raises ValidationError for what can be neither kept nor written to; in small letters, of which some are two."""
    kept = address.lower()
    MaxLengthValidator(LONGEST_ADDRESS)(kept)
    try:
        check_address(kept)
    except AddressRefused:
        raise ValidationError(validate_email.message, code=validate_email.code) from None


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["login"], _("Email address"), **ADDRESS | {"autocomplete": "username webauthn"})
        dress(self.fields["password"], _("Password"))
        dress(self.fields["remember"], _("Keep me signed in on this device"))


class SignUpForm(account.SignupForm):
    name = LineField(
        max_length=150,
        label=_("Your name"),
        help_text=_("As it appears on your documents. Recipients of what you share see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("The one your institution knows: documents that were issued to it come to you.")
        dress(self.fields["email"], _("Email address"), help_text, **ADDRESS)
        dress(self.fields["password1"], _("Password"), PASSWORD_HELP)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            someone = Person(name=cleaned["name"], email=cleaned["email"])
            try:
                validators.PasswordRules().validate(cleaned["password1"], someone)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def validate_unique_email(self, value: str) -> str:
        """A sign-up that nobody proved is no account."""
        email: str = super().validate_unique_email(value)
        self.account_already_exists = _has_account(email)
        return email

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as a new account does
            return super().try_save(request)
        try:
            return self._make(request)
        except IntegrityError:  # somebody signed up with this address meanwhile, perhaps by the same button
            self.account_already_exists = _has_account(self.cleaned_data["email"])
            return self.try_save(request) if self.account_already_exists else self._make(request)

    @transaction.atomic
    def _make(self, request: HttpRequest) -> Any:
        unproved.forget(self.cleaned_data["email"])
        return super().try_save(request)


def _has_account(email: str) -> bool:
    nobody = set(unproved.of(email))
    return any(person not in nobody for person in filter_users_by_email(email))


class AddAddressForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["email"], _("Another email address"), _("We send a code to it."), **ADDRESS)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        dress(self.fields["oldpassword"], _("Current password"))
        dress(self.fields["password1"], _("New password"), PASSWORD_HELP)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        dress(self.fields["password1"], _("New password"), PASSWORD_HELP)


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["email"], _("Email address"), **ADDRESS | {"autocomplete": "username"})

    def clean_email(self) -> str:
        """A sign-up that nobody proved is no account: its password is not the mailbox's owner's."""
        email: str = super().clean_email()
        nobody = set(unproved.of(email))
        self.users = [person for person in self.users if person not in nobody]
        return email


class ReplacePasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        dress(self.fields["password1"], _("New password"), PASSWORD_HELP)


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["password"], _("Password"))


class CodeMixin:
    """Forms that take a code from a letter."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], _("Code"), _("Eight letters. Capitals and the hyphen do not matter."), **CODE)


class AddressCodeForm(CodeMixin, account.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        """The right code proves whose mailbox it is: nobody else's sign-up stands in its way."""
        if self.user and compare_user_code(actual=self.cleaned_data["code"], expected=self.expected_code):
            unproved.forget(self.email, keep=self.user)
        code: str = super().clean_code()
        return code


class PasswordCodeForm(CodeMixin, account.ConfirmPasswordResetCodeForm):
    pass


class SignInCodeForm(CodeMixin, account.ConfirmLoginCodeForm):
    pass


class FactorMixin:
    """Forms that take a code of an authenticator app, or a recovery code."""

    fields: dict[str, forms.Field]
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Six digits from your authenticator app, or one of your recovery codes.")
        dress(self.fields["code"], _("Code"), help_text, **DIGITS)

    def clean_code(self) -> str:
        """A code of the app opens once, as long as it is accepted at all (RFC 6238, section 5.2)."""
        code: str = super().clean_code()  # type: ignore[misc]
        spent = f"spent-code:{self.authenticator.pk}:{normalize_user_code(code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(spent, True, timeout=APP_CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class FactorForm(FactorMixin, factor.AuthenticateForm):
    pass


class FactorAgainForm(FactorMixin, factor.ReauthenticateForm):
    pass


class AddAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], _("Code"), _("Six digits that the app now shows for Attesta."), **DIGITS)


@contextmanager
def well_formed() -> Iterator[None]:
    """A passkey's answer of any other shape than a browser sends is a wrong code, not a fault of ours."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, struct.error):
        raise get_adapter().validation_error("incorrect_code") from None


class AnswerDecoder(json.JSONDecoder):
    """Python's own gives up in other ways on numbers without end and on lists within lists without end."""

    def decode(self, s: str, *args: Any) -> Any:
        try:
            return super().decode(s, *args)
        except (ValueError, RecursionError):
            raise json.JSONDecodeError("no answer of a passkey", "", 0) from None


class AnswerMixin:
    """Forms that take the answer of a passkey."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = AnswerDecoder  # type: ignore[attr-defined]


class PasskeyMixin(AnswerMixin):
    """Forms in which a passkey shows who is there."""

    def clean_credential(self) -> Authenticator:
        with well_formed():
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
            return found


class PasskeySignInForm(PasskeyMixin, webauthn.LoginWebAuthnForm):
    pass


class PasskeyFactorForm(PasskeyMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(PasskeyMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AnswerMixin, webauthn.AddWebAuthnForm):
    """Every key is a passkey: it signs in by itself (see MFA_WEBAUTHN_USER_VERIFICATION)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        dress(self.fields["name"], _("Name"), _("So that you tell your passkeys apart."), maxlength="60")

    def clean(self) -> dict[str, Any]:
        with well_formed():
            cleaned: dict[str, Any] = super().clean()
            return cleaned


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["name"], _("Name"), _("So that you tell your passkeys apart."), maxlength="60")
