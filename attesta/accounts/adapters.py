"""Where allauth meets our house: its mails become our letters, its words become ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from attesta.accounts import devices, letters, links
from attesta.accounts.models import Language, Person

WAYS = {
    "reauthenticate": _("Use my password"),
    "mfa_reauthenticate": _("Use my authenticator app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("This is your primary address. Make another one primary first."),
        "duplicate_email": _("This address already belongs to your account."),
        "email_password_mismatch": _("The address and the password do not go together. Check both and try again."),
        "email_taken": _("This address cannot be used for this account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Check the newest letter we sent you."),
        "incorrect_password": _("This is not your password."),
        "max_email_addresses": _("An account can have up to %d addresses. Remove one first."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "unverified_primary_email": _("Confirm this address before you make it primary."),
        "rate_limited": _("Too many requests. Wait a moment, then try again."),
    }

    def new_user(self, request: HttpRequest) -> Person:
        """Whoever signs up reads the page in a language: it becomes theirs."""
        return Person(language=Language(get_language() or Language.FRENCH))

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Of too many attempts allauth tells in this way when a code was mistyped: there is nothing to wait for."""
        if kwargs.get("message") is self.error_messages["too_many_login_attempts"]:
            kwargs["message"] = _("Too many wrong codes: this one no longer works. Begin again to receive another.")
        super().add_message(*args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.from_allauth(template_prefix, to=email, context=context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Of a primary address that was it before, because its button was pressed twice, there is nothing to tell."""
        told = context or {}
        if "to_email" in told and told["to_email"] == told["from_email"]:
            return
        super().send_notification_mail(template_prefix, user, {**told, "user": user}, email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """A browser that this person knows has its own count: nobody shuts them out of it from elsewhere."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{devices.name(request, credentials.get('email', '').lower())}"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to show once more who is there, in our words."""
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff are sent on from the front page, to their desk or to documents of their own."""
        url: str = links.front() if request.session.get("desk") else super().get_login_redirect_url(request)
        return url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return links.account()

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Only reached by someone who is signed in and adds an address; sign-up goes on to the documents."""
        return links.addresses()
