"""Why a letter did not leave, in a sentence for the person who caused it to be sent."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from attesta.mail.rules import Reason

_SENTENCES = {
    Reason.MAILBOX_UNKNOWN: gettext_noop("This mailbox does not exist. Check how the address is written."),
    Reason.MAILBOX_CLOSED: gettext_noop("This mailbox no longer receives mail."),
    Reason.MAILBOX_FULL: gettext_noop("This mailbox is full."),
    Reason.DOMAIN_UNKNOWN: gettext_noop(
        "No mail server was found for this address. Check what stands after the @ sign."
    ),
    Reason.ADDRESS_INVALID: gettext_noop("This address is not one that mail can be sent to."),
    Reason.REFUSED: gettext_noop("The recipient’s mail server refused the message."),
    Reason.TOO_BUSY: gettext_noop("The recipient’s mail server asked us to try again later."),
    Reason.SENDER_REFUSED: gettext_noop("Our mail server did not take the message. This is a fault on our side."),
    Reason.UNREACHABLE: gettext_noop("Our mail server could not be reached."),
    Reason.TIMED_OUT: gettext_noop("The mail server took too long to answer."),
    Reason.CUT_OFF: gettext_noop("The connection to the mail server was lost."),
    Reason.INTERRUPTED: gettext_noop("The sending was interrupted several times."),
    Reason.NOT_WRITTEN: gettext_noop("The message could not be prepared. This is a fault on our side."),
}


def because(code: str) -> str:
    """The sentence for a ``Reason``, or for a whole ``Letter.last_error``, in the active language. Empty for none."""
    first = code.split(" ", 1)[0]
    if not first:
        return ""
    known = first in Reason
    return _(_SENTENCES[Reason(first)]) if known else _("The message could not be sent.")
