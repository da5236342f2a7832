"""The sentence of every refusal about members: what is wrong, that nothing changed, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attesta.organizations.rules import Refusal, Refused

SENTENCES = {
    Refusal.NOT_ALLOWED: _("Only administrators change who acts for the institution. Nothing was changed."),
    Refusal.OWN_ROLE: _("Nobody changes their own role. Ask another administrator; nothing was changed."),
    Refusal.LAST_ADMINISTRATOR: _(
        "An institution needs an administrator. Make someone else administrator first; nothing was changed."
    ),
    Refusal.ALREADY_A_MEMBER: _("This person already acts for the institution. Change their role in the list instead."),
    Refusal.EMAIL_INVALID: _("This email address is not valid. Correct it; nothing was changed."),
    Refusal.ROLE_UNKNOWN: _("Choose a role. Nothing was changed."),
    Refusal.NO_LONGER_THERE: _("Someone else has changed this meanwhile. Nothing was changed."),
    Refusal.THRESHOLD_INVALID: _("Choose a number from 0 to 20,000. Nothing was changed."),
    Refusal.TOO_OFTEN: _("This letter was already sent five times within an hour. Try again later."),
    Refusal.TOO_OFTEN_TODAY: _(
        "Ten letters have gone to this address within 24 hours. Nothing was changed; try again tomorrow."
    ),
    Refusal.TOO_MANY_TODAY: _(
        "Your institution has invited as often as 24 hours allow: 200 times. Nothing was changed; try again tomorrow."
    ),
}


def refused(code: Refusal) -> Refused:
    """To raise."""
    return Refused(code, SENTENCES[code])
