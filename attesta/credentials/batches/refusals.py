"""The sentence of every refusal about a batch: why, that nothing was changed, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attesta.credentials.batches.rules import Refusal
from attesta.credentials.rules import Refused

SENTENCES = {
    Refusal.NOT_AN_ISSUER: _("This organization does not issue documents. Nothing was changed."),
    Refusal.EMPTY: _("The file is empty. Choose it again; nothing was changed."),
    Refusal.TOO_LARGE: _("The file is larger than 200 MB. Split the batch; nothing was changed."),
    Refusal.TEMPLATE_MISSING: _("Choose the template that these documents are made with. Nothing was changed."),
    Refusal.TEMPLATE_UNUSABLE: _("This template is no longer in use. Choose another one; nothing was changed."),
    Refusal.TEMPLATE_RETIRED: _(
        "The template of this batch was retired: nothing new is made with it. An administrator may take it up again; "
        "nothing was changed."
    ),
    Refusal.TEMPLATE_NOT_NEEDED: _("PDFs are issued as they are, without a template. Nothing was changed."),
    Refusal.TEMPLATE_NO_TRANSCRIPT: _("PESC files are transcripts. Choose a transcript template; nothing was changed."),
    Refusal.CHECKING: _("The batch is still being checked. Wait until that is done; nothing was changed."),
    Refusal.HAS_PROBLEMS: _("The batch has problems. Correct the file and hand it in again; nothing was changed."),
    Refusal.NEEDS_APPROVAL: _("A second person must approve the batch first. Nothing was changed."),
    Refusal.NEEDS_NO_APPROVAL: _("The batch needs no approval any more. Nothing was changed."),
    Refusal.APPROVED_BY_AUTHOR: _(
        "You handed this batch in: someone else must approve it. Ask a colleague; nothing was changed."
    ),
    Refusal.AUTHOR_AWAY: _(
        "Whoever handed this batch in may no longer issue for the institution. Someone takes it over, someone else "
        "approves it; nothing was changed."
    ),
    Refusal.AUTHOR_THERE: _("Whoever handed this batch in still answers for it. Nothing was changed."),
    Refusal.NOT_STARTED: _("The batch has not been started. Nothing was changed."),
    Refusal.RUNNING: _("The batch is already being issued. Nothing was changed."),
    Refusal.PAUSED: _("The batch is paused. Resume it; nothing was changed."),
    Refusal.STALE: _(
        "The batch has changed since this page showed it to you, or its documents look otherwise now: look at it "
        "again. Nothing was changed."
    ),
    Refusal.OVER: _("The batch is finished or was cancelled. Nothing was changed."),
}


def refused(code: Refusal) -> Refused:
    return Refused(code, SENTENCES[code])
