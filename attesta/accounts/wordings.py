"""What our letters about an account say. ``letters.py`` fills them in and sends them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attesta.accounts import links

CODE_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Wording:
    """``%(name)s`` in the texts comes from the letter's facts. ``lasts``: from then on it is not sent any more.

    A ``notice`` also tells when and where, and what to do if it was somebody else.
    """

    subject: str | Promise
    paragraphs: tuple[str | Promise, ...]
    notes: tuple[str | Promise, ...] = ()
    button: tuple[str | Promise, Callable[[], str]] | None = None
    lasts: timedelta | None = None
    notice: bool = False


def _code(subject: str | Promise, *paragraphs: str | Promise, note: str | Promise) -> Wording:
    works = _("The code works for 15 minutes, on the device where you asked for it.")
    return Wording(subject, (*paragraphs, works), notes=(note,), lasts=CODE_LASTS)


def _notice(subject: str | Promise, *paragraphs: str | Promise) -> Wording:
    return Wording(subject, paragraphs, button=(_("Set a new password"), links.new_password), notice=True)


WORDINGS = {
    "sign-up-code": _code(
        _("Your code to create your account"),
        _("Type this code on the page where you are creating your Attesta account."),
        _("It proves that this address is yours."),
        note=_("If you are not creating an account, ignore this letter: nothing happens without the code."),
    ),
    "address-code": _code(
        _("Your code to confirm this address"),
        _("Type this code on the page that asks for it."),
        _("It proves that this address is yours."),
        note=_("If you asked for nothing, ignore this letter: nothing happens without the code."),
    ),
    "sign-in-code": _code(
        _("Your code to sign in"),
        _("Type this code on the page that asks for it to sign in to Attesta."),
        note=_("If you are not signing in, ignore this letter, and never give the code to anyone."),
    ),
    "password-code": _code(
        _("Your code to set a new password"),
        _("Type this code on the page that asks for it. You then choose a new password."),
        note=_("If you asked for nothing, ignore this letter: your password stays as it is."),
    ),
    "password-link": Wording(
        _("Set a new password"),
        (_("You asked to set a new password for your Attesta account."),),
        notes=(_("If you asked for nothing, ignore this letter: your password stays as it is."),),
        lasts=timedelta(days=1),
    ),
    "account-exists": Wording(
        _("You already have an Attesta account"),
        (
            _("Someone, probably you, tried to create an Attesta account with this address."),
            _("You already have one, so nothing was created."),
            _("Sign in as usual, or set a new password if you no longer know yours."),
        ),
        button=(_("Set a new password"), links.new_password),
        notes=(_("If it was not you, there is nothing to do: your account has not changed."),),
    ),
    "no-account": Wording(
        _("No Attesta account uses this address"),
        (
            _("Someone, probably you, asked for a new password for this address, but no Attesta account uses it."),
            _("If you have an account, it uses another of your addresses: try that one."),
            _("If you have none, you can create one."),
        ),
        button=(_("Create an account"), links.sign_up),
        notes=(_("If it was not you, ignore this letter."),),
    ),
    "address-confirmed": _notice(
        _("Your address is confirmed"),
        _("The address %(to)s now belongs to your Attesta account."),
    ),
    "password-changed": _notice(
        _("Your password was changed"),
        _("The password of your Attesta account was changed."),
    ),
    "password-set": _notice(
        _("Your account has a password"),
        _("A password was set for your Attesta account."),
    ),
    "password-reset": _notice(
        _("Your password was replaced"),
        _("A new password was set for your Attesta account by a code that was mailed to you."),
    ),
    "primary-changed": _notice(
        _("Your primary address was changed"),
        _("The primary address of your Attesta account is now %(new)s. It was %(old)s."),
    ),
    "address-added": _notice(
        _("An address was added to your account"),
        _("The address %(address)s now belongs to your Attesta account."),
    ),
    "address-removed": _notice(
        _("An address was removed from your account"),
        _("The address %(address)s no longer belongs to your Attesta account."),
    ),
    "address-left": _notice(
        _("This address left an Attesta account"),
        _("This address no longer belongs to your Attesta account. Our letters go to your other addresses."),
    ),
    "app-added": _notice(
        _("An authenticator app was added"),
        _("Signing in with your password now also asks for a code of your authenticator app."),
    ),
    "app-removed": _notice(
        _("Your authenticator app was removed"),
        _("Signing in no longer asks for a code of an authenticator app."),
    ),
    "passkey-added": _notice(
        _("A passkey was added"),
        _("You can now sign in to Attesta with this passkey."),
    ),
    "passkey-removed": _notice(
        _("A passkey was removed"),
        _("One of your passkeys no longer opens your Attesta account."),
    ),
    "recovery-codes": _notice(
        _("You have new recovery codes"),
        _("New recovery codes were made for your Attesta account. The earlier ones no longer work."),
    ),
}

PREFIXES = {
    "account/email/account_already_exists": "account-exists",
    "account/email/email_changed": "primary-changed",
    "account/email/email_confirm": "address-confirmed",
    "account/email/email_confirmation": "address-code",
    "account/email/email_confirmation_signup": "sign-up-code",
    "account/email/email_deleted": "address-removed",
    "account/email/login_code": "sign-in-code",
    "account/email/password_changed": "password-changed",
    "account/email/password_reset": "password-reset",
    "account/email/password_reset_code": "password-code",
    "account/email/password_reset_key": "password-link",
    "account/email/password_set": "password-set",
    "account/email/unknown_account": "no-account",
    "mfa/email/recovery_codes_generated": "recovery-codes",
    "mfa/email/totp_activated": "app-added",
    "mfa/email/totp_deactivated": "app-removed",
    "mfa/email/webauthn_added": "passkey-added",
    "mfa/email/webauthn_removed": "passkey-removed",
}
"""What allauth calls its mails, and which letter of ours leaves instead."""
