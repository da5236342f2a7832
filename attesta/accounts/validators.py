"""The password rules as Django asks for them: length and a blocklist, no composition rules."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attesta.accounts.rules import SHORTEST, Weakness, folded, weakness

FRENCH = {
    "azerty", "bonjour", "chocolat", "doudou", "ecole", "etudiant", "jetaime", "loulou", "marseille", "montreal",
    "motdepasse", "quebec", "soleil", "universite",
}  # fmt: skip

SENTENCES = {
    Weakness.SHORT: gettext_lazy("This password is too short: it needs at least %(shortest)d characters."),
    Weakness.COMMON: gettext_lazy("This password is among those that are guessed first. Choose another one."),
    Weakness.REPEATED: gettext_lazy("This password repeats the same few characters. Choose another one."),
    Weakness.SEQUENCE: gettext_lazy("This password follows the keyboard or the alphabet. Choose another one."),
    Weakness.PERSONAL: gettext_lazy("This password is mostly your name, your address or ours. Choose another one."),
}


class PasswordRules:
    """Named in AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with the one sentence that helps."""
        about = [getattr(user, "name", ""), getattr(user, "email", "")]
        found = weakness(password, blocklist=blocklist(), about=about)
        if found:
            raise ValidationError(SENTENCES[found] % {"shortest": SHORTEST}, code=found)

    def get_help_text(self) -> str:
        return help_text()


def help_text() -> str:
    """What is asked of a password, shown before it is typed."""
    return _(
        "At least %(shortest)d characters, any you like, spaces too. Four or five words in a row make a good one. "
        "You can paste it from a password manager."
    ) % {"shortest": SHORTEST}


@cache
def blocklist() -> frozenset[str]:
    """Twenty thousand common passwords, without case and accents."""
    return frozenset(map(folded, CommonPasswordValidator().passwords)) | FRENCH
