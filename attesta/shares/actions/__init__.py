"""Writes of shares. A verb a function; ``open`` and ``admit`` are the only ways in."""

from attesta.shares.actions.admitting import (
    Admission,
    admit,
    documents,
    page_image,
    page_text,
    preview,
    print_sheet,
    take_file,
)
from attesta.shares.actions.asking import ask_access, reopen
from attesta.shares.actions.codes import send_code
from attesta.shares.actions.creating import Invalid, Offer, create
from attesta.shares.actions.editing import Changes, Stale, edit
from attesta.shares.actions.opening import Cover, Opened, Outcome, Visitor, cover, open
from attesta.shares.actions.resending import note_told, resend
from attesta.shares.actions.sweeping import notice_expiries, reap
from attesta.shares.actions.switching import disable, enable, renew_link, show_pin

__all__ = [
    "Admission",
    "Changes",
    "Cover",
    "Invalid",
    "Offer",
    "Opened",
    "Outcome",
    "Stale",
    "Visitor",
    "admit",
    "ask_access",
    "cover",
    "create",
    "disable",
    "documents",
    "edit",
    "enable",
    "note_told",
    "notice_expiries",
    "open",
    "page_image",
    "page_text",
    "preview",
    "print_sheet",
    "reap",
    "renew_link",
    "reopen",
    "resend",
    "send_code",
    "show_pin",
    "take_file",
]
