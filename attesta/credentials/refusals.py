"""The sentence of every refusal: what is wrong, that nothing changed, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attesta.credentials.rules import Refusal, Refused

SENTENCES = {
    Refusal.NOT_AN_ISSUER: _("This organization does not issue documents. Nothing was changed."),
    Refusal.TITLE_MISSING: _("A document needs a title in French and in English. Nothing was changed."),
    Refusal.TITLE_TOO_LONG: _("A title may hold 200 characters. Shorten it; nothing was changed."),
    Refusal.EMAIL_INVALID: _("The learner’s email address is not valid. Correct it; nothing was changed."),
    Refusal.NAME_TOO_LONG: _("The learner’s name may hold 150 characters. Shorten it; nothing was changed."),
    Refusal.NUMBER_TOO_LONG: _("The document number may hold 80 characters. Shorten it; nothing was changed."),
    Refusal.NUMBER_TAKEN: _(
        "Another document of this organization has this number. Choose another number, or update that document; "
        "nothing was changed."
    ),
    Refusal.NUMBER_REVOKED: _(
        "The document with this number was revoked. Issue the new one under another number; nothing was changed."
    ),
    Refusal.DAY_UNLIKELY: _("A year must lie between 1900 and 2199. Correct the date; nothing was changed."),
    Refusal.ISSUED_IN_FUTURE: _("The date of issue lies in the future. Correct it; nothing was changed."),
    Refusal.EXPIRES_BEFORE_ISSUED: _(
        "The document would expire on or before its date of issue. Correct the dates; nothing was changed."
    ),
    Refusal.REASON_MISSING: _("Give a reason: the learner will read it. Nothing was changed."),
    Refusal.REASON_TOO_LONG: _("A reason may hold 2,000 characters. Shorten it; nothing was changed."),
    Refusal.REVOKED: _("This document has already been revoked and no longer changes. Issue a new one instead."),
    Refusal.CLAIMED: _("The learner has this document already: no invitation is needed. Nothing was changed."),
    Refusal.TOO_OFTEN: _("The invitation was already sent five times within an hour. Try again later."),
    Refusal.SAME_ADDRESS: _("The document already goes to this address. Nothing was changed."),
    Refusal.CHANGED_MEANWHILE: _("Someone changed this document a moment ago. Look at it again; nothing was changed."),
    Refusal.NOT_ITS_TEMPLATE: _(
        "This template is another organization’s. Choose one of your own; nothing was changed."
    ),
    Refusal.CANNOT_SEAL: _(
        "The document could not be sealed: the institution’s sealing key or the time-stamp service cannot be reached. "
        "Nothing was changed. Try again in a few minutes; if it lasts, tell whoever runs this service."
    ),
    Refusal.SAME_FILE: _("This file is already the current version of the document. Nothing was changed."),
    Refusal.EMPTY: _("The file is empty. Choose the PDF again; nothing was changed."),
    Refusal.TOO_LARGE: _("The file is larger than 25 MB. Make a smaller PDF; nothing was changed."),
    Refusal.NOT_A_PDF: _("The file is not a PDF. Export the document as PDF; nothing was changed."),
    Refusal.POLYGLOT: _(
        "The file is a PDF and something else at once, such as an archive or a web page. "
        "Export the document as PDF again; nothing was changed."
    ),
    Refusal.TRUNCATED: _("The PDF is incomplete: its end is missing. Export or copy it again; nothing was changed."),
    Refusal.ENCRYPTED: _(
        "The PDF is encrypted or protected by a password. Export it without protection; nothing was changed."
    ),
    Refusal.ALREADY_SIGNED: _(
        "The PDF already carries a digital signature, which sealing would break. Export it without a signature, or ask "
        "an operator to issue it as it is; nothing was changed."
    ),
    Refusal.PORTFOLIO: _("The PDF is a folder of other files. Export the document itself as PDF; nothing was changed."),
    Refusal.DYNAMIC_FORM: _(
        "The PDF is a form whose pages are made while it is opened. Print it to an ordinary PDF; nothing was changed."
    ),
    Refusal.DAMAGED: _("The PDF is damaged and cannot be read. Export the document again; nothing was changed."),
    Refusal.TOO_MANY_PAGES: _("The PDF has more than 500 pages. Split it; nothing was changed."),
    Refusal.PAGE_TOO_LARGE: _(
        "A page of the PDF is too large or too long to be shown. Use an ordinary paper size; nothing was changed."
    ),
    Refusal.UNREADABLE: _(
        "The PDF takes too much time or memory to read. Export a simpler one, with smaller images; nothing was changed."
    ),
}


def refused(code: Refusal) -> Refused:
    """To raise."""
    return Refused(code, SENTENCES[code])
