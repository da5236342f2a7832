"""How each status looks: a tone, an icon and a word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attesta.activity.verbs import Verb


@dataclass(frozen=True, slots=True)
class Look:
    """``tone`` is one of green, blue, amber, red, grey; ``word`` is lazy text."""

    tone: str
    icon: str
    word: str | Promise


LOOKS = {
    # shares
    "enabled": Look("green", "check", _("Enabled")),
    "disabled": Look("grey", "pause", _("Disabled")),
    "expired": Look("grey", "clock", _("Expired")),
    "used-up": Look("grey", "lock", _("Limit reached")),
    "expiring": Look("amber", "clock", _("Expires soon")),
    # documents
    "available": Look("green", "check", _("Available")),
    "updated": Look("blue", "refresh", _("Updated")),
    "revoked": Look("red", "close", _("Revoked")),
    "credential-expired": Look("amber", "clock", _("Credential expired")),
    "moved": Look("grey", "close", _("No longer yours")),
    # batches
    "batch-checking": Look("blue", "clock", _("Being checked")),
    "batch-refused": Look("red", "warning", _("Has problems")),
    "batch-ready": Look("blue", "check", _("Ready to start")),
    "batch-waiting": Look("amber", "clock", _("Waiting for approval")),
    "batch-running": Look("blue", "refresh", _("Issuing")),
    "batch-paused": Look("amber", "pause", _("Paused")),
    "batch-done": Look("green", "check", _("Done")),
    "batch-cancelled": Look("grey", "close", _("Cancelled")),
    "row-waiting": Look("grey", "clock", _("To be issued")),
    "row-taken": Look("blue", "refresh", _("Being issued")),
    "row-issued": Look("green", "check", _("Issued")),
    "row-failed": Look("red", "warning", _("Not issued")),
    # members and templates
    "factor": Look("green", "check", _("Yes")),
    "no-factor": Look("amber", "warning", _("No")),
    "retired": Look("grey", "pause", _("Retired")),
    # letters
    "queued": Look("grey", "clock", _("Waiting to be sent")),
    "sending": Look("grey", "mail", _("Being sent")),
    "sent": Look("green", "mail", _("Sent")),
    "dead": Look("red", "warning", _("Not delivered")),
    "withdrawn": Look("grey", "close", _("Withdrawn")),
}


def look(status: str, of: str = "") -> Look:
    """The look of ``status``; ``of="credential"`` words a credential's expiry apart from a link's.

    An unknown status shows its own name in grey rather than breaking the page.
    """
    key = str(status).replace("_", "-")
    return LOOKS.get(f"{of}-{key}") or LOOKS.get(key) or Look("grey", "info", key)


EVENTS = {
    Verb.CREATED: "share",
    Verb.EDITED: "edit",
    Verb.DISABLED: "pause",
    Verb.ENABLED: "check",
    Verb.RENEWED: "refresh",
    Verb.UPDATED: "refresh",
    Verb.REVOKED: "close",
    Verb.RESENT: "mail",
    Verb.TOLD: "check",
    Verb.SENT: "mail",
    Verb.CODE_SENT: "mail",
    Verb.FAILED: "warning",
    Verb.OPENED: "eye",
    Verb.PAGE_VIEWED: "eye",
    Verb.SHOWN: "eye",
    Verb.DOWNLOADED: "download",
    Verb.EXPORTED: "download",
    Verb.INVITED: "mail",
    Verb.CORRECTED: "edit",
    Verb.RELEASED: "clock",
    Verb.CLAIMED: "user",
    Verb.PRINTED: "print",
    Verb.WRONG_PIN: "key",
    Verb.WRONG_CODE: "key",
    Verb.LOCKED: "lock",
    Verb.REFUSED: "lock",
    Verb.ACCESS_ASKED: "bell",
    Verb.EXPIRED: "clock",
    Verb.TEMPLATE_EDITED: "edit",
    Verb.MEMBER_INVITED: "mail",
    Verb.MEMBER_ADDED: "user",
    Verb.MEMBER_JOINED: "user",
    Verb.INVITATION_WITHDRAWN: "close",
    Verb.ROLE_CHANGED: "key",
    Verb.MEMBER_REMOVED: "close",
    Verb.APPROVAL_CHANGED: "settings",
    Verb.APPROVAL_RISING: "settings",
    Verb.APPROVAL_KEPT: "settings",
}


def event_icon(verb: str) -> str:
    return EVENTS.get(Verb(verb), "document") if verb in Verb else "info"
