"""What a line of the ledger says, in the active language: what happened, who did it, for whom.

A sentence is whole; a second one follows when there is more to say (a reason, what was changed).
It is plain text: templates escape it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.mail import reasons
from attesta.web import edits
from attesta.web.naming import Names, names


def sentence(line: Line) -> str:
    """An unknown verb of a later release reads as its own name rather than breaking the page."""
    said = names(line)
    write = SPECIAL.get(line.verb)
    if write:
        return write(line, said)
    plain = PLAIN.get(line.verb)
    return plain() % said if plain else line.verb


# --- verbs with one sentence ---------------------------------------------------------------------

# Each is a call, so that the words are found by makemessages and looked up in the active language.
PLAIN: dict[str, Callable[[], str]] = {
    Verb.ISSUED: lambda: _("The document %(document)s was issued"),
    Verb.INVITED: lambda: _("The invitation for the document %(document)s was sent again"),
    Verb.CORRECTED: lambda: _("The email address that the document %(document)s goes to was corrected"),
    Verb.RELEASED: lambda: _("The document %(document)s was released to its learner"),
    Verb.EXPORTED: lambda: _("A list of the institution’s documents was downloaded"),
    Verb.CLAIMED: lambda: _("The document %(document)s was added to the account"),
    Verb.DISABLED: lambda: _("The share %(of_documents)s was disabled"),
    Verb.ENABLED: lambda: _("The share %(of_documents)s was enabled"),
    Verb.RENEWED: lambda: _("The link of the share %(of_documents)s was renewed; the old link opens nothing any more"),
    Verb.RESENT: lambda: _("The email of the share %(of_documents)s was sent again to %(recipient)s"),
    Verb.TOLD: lambda: _("The recipient of the share %(of_documents)s was told of the update by its owner"),
    Verb.SHOWN: lambda: _("The PIN of the share %(of_documents)s was displayed"),
    Verb.OPENED: lambda: _("The share %(of_documents)s was viewed"),
    Verb.PAGE_VIEWED: lambda: _("Page %(page)s %(of_document)s was viewed"),
    Verb.PRINTED: lambda: _("The print sheet %(of_document)s was opened"),
    Verb.WRONG_PIN: lambda: _("A wrong PIN was entered for the share %(of_documents)s"),
    Verb.WRONG_CODE: lambda: _("A wrong one-time code was entered for the share %(of_documents)s"),
    Verb.CODE_SENT: lambda: _("A one-time code was asked for, to be sent to %(recipient)s"),
    Verb.EXPIRED: lambda: _("The link of the share %(of_documents)s expired"),
    Verb.BATCH_HANDED_IN: lambda: _("The batch %(file)s was handed in"),
    Verb.BATCH_APPROVED: lambda: _("The batch %(file)s was approved"),
    Verb.BATCH_APPROVAL_LOST: lambda: _("The batch %(file)s must be approved again: its documents look otherwise now"),
    Verb.BATCH_STARTED: lambda: _("The issuing of the batch %(file)s was started"),
    Verb.BATCH_PAUSED: lambda: _("The issuing of the batch %(file)s was paused"),
    Verb.BATCH_LEFT: lambda: _(
        "The issuing of the batch %(file)s was paused, because %(recipient)s may no longer issue for the institution"
    ),
    Verb.BATCH_TAKEN_OVER: lambda: _("The batch %(file)s was taken over from someone who may no longer issue"),
    Verb.BATCH_RESUMED: lambda: _("The issuing of the batch %(file)s was resumed"),
    Verb.BATCH_DONE: lambda: _("The batch %(file)s was issued to its end"),
    Verb.BATCH_CANCELLED: lambda: _("The batch %(file)s was cancelled"),
    Verb.TEMPLATE_MADE: lambda: _("The template “%(template)s” was made"),
    Verb.TEMPLATE_EDITED: lambda: _("The template “%(template)s” was edited"),
    Verb.TEMPLATE_RETIRED: lambda: _("The template “%(template)s” was retired"),
    Verb.TEMPLATE_RESTORED: lambda: _("The template “%(template)s” is in use again"),
    Verb.MEMBER_INVITED: lambda: _("%(recipient)s was invited to act for the institution, as %(role)s"),
    Verb.MEMBER_ADDED: lambda: _("%(recipient)s now acts for the institution, as %(role)s"),
    Verb.MEMBER_JOINED: lambda: _("%(recipient)s took up the invitation, as %(role)s"),
    Verb.INVITATION_WITHDRAWN: lambda: _("The invitation of %(recipient)s was withdrawn"),
    Verb.ROLE_CHANGED: lambda: _("The role of %(recipient)s was changed from %(role_before)s to %(role)s"),
    Verb.MEMBER_REMOVED: lambda: _("%(recipient)s no longer acts for the institution"),
    Verb.APPROVAL_CHANGED: lambda: _(
        "Batches of more than %(above)s documents need a second person from now on (before: %(above_before)s)"
    ),
    Verb.APPROVAL_RISING: lambda: _(
        "Only batches of more than %(above)s documents will need a second person three days later (until then: "
        "%(above_before)s)"
    ),
    Verb.APPROVAL_KEPT: lambda: _(
        "Batches of more than %(above)s documents go on needing a second person (it would have become %(above_before)s)"
    ),
}


# --- verbs whose sentence depends on their facts -------------------------------------------------


def created(line: Line, said: Names) -> str:
    if line.facts.get("channel") == "email":
        return _("Email share created with %(recipient)s") % said
    if line.recipient_label:
        return _("URL share created with %(recipient)s") % said
    return _("URL share created for anyone who has the link")


def edited(line: Line, said: Names) -> str:
    first = _("The share %(of_documents)s was edited") % said
    return edits.followed_by(first, edits.changes(line.facts.get("changes", {})))


def updated(line: Line, said: Names) -> str:
    first = _("The document %(document)s was updated to version %(version)s") % said
    return edits.followed_by(first, [*corrected(line), *reason(line)])


def corrected(line: Line) -> list[str]:
    """Which of its words the update put right; the words themselves stand with the document."""
    columns = set(line.facts.get("corrected") or ())
    name = [_("The learner’s name was corrected")] if "learner_name" in columns else []
    return name + ([_("Its title was corrected")] if columns & {"title_fr", "title_en"} else [])


def revoked(line: Line, said: Names) -> str:
    return edits.followed_by(_("The document %(document)s was revoked") % said, reason(line))


def reason(line: Line) -> list[str]:
    given = str(line.facts.get("reason") or "").rstrip(". ")
    return [_("Reason given: %(reason)s") % {"reason": given}] if given else []


def downloaded(line: Line, said: Names) -> str:
    if int(line.facts.get("version") or 1) > 1:
        return _("The document %(document)s was downloaded in version %(version)s") % said
    return _("The document %(document)s was downloaded") % said


def sent(line: Line, said: Names) -> str:
    return {
        "pin": _("The email with the PIN was sent to %(recipient)s"),
        "code": _("The email with a one-time code was sent to %(recipient)s"),
    }.get(letter(line), _("The email with the link was sent to %(recipient)s")) % said


def failed(line: Line, said: Names) -> str:
    first = {
        "pin": _("The email with the PIN could not be delivered to %(recipient)s"),
        "code": _("The email with a one-time code could not be delivered to %(recipient)s"),
    }.get(letter(line), _("The email with the link could not be delivered to %(recipient)s")) % said
    because = reasons.because(str(line.facts.get("because") or ""))
    return edits.followed_by(first, [because.rstrip(".")] if because else [])


def letter(line: Line) -> str:
    return str(line.facts.get("letter", ""))


def locked(line: Line, said: Names) -> str:
    return {
        "link": _("Too many wrong attempts: the share %(of_documents)s takes no more for now"),
        "network": _("Too many wrong attempts from one network: it has to wait before it tries again"),
    }.get(
        str(line.facts.get("scope")),
        _("Too many wrong attempts from one device: it has to wait before it tries again"),
    ) % said


def refused(line: Line, said: Names) -> str:
    return {
        "disabled": _("The share %(of_documents)s was not opened, because it was disabled"),
        "limit": _("The share %(of_documents)s was not opened, because its limit of views was reached"),
    }.get(
        str(line.facts.get("because")),
        _("The share %(of_documents)s was not opened, because its link had expired"),
    ) % said


def access_asked(line: Line, said: Names) -> str:
    first = _("%(name)s (%(email)s) asked for access to the share %(of_documents)s") % {
        **said,
        "name": line.facts.get("name", ""),
        "email": line.facts.get("email", ""),
    }
    message = str(line.facts.get("message") or "").strip()
    return edits.followed_by(first, [_("Their message: “%(message)s”") % {"message": message}] if message else [])


def automatic(line: Line, said: Names) -> str:
    agent = str(line.facts.get("agent") or "").strip()
    if agent:
        return _("An automatic check of the link was not counted as a view (%(agent)s)") % {"agent": agent}
    return _("An automatic check of the link was not counted as a view")


SPECIAL: dict[str, Callable[[Line, Names], str]] = {
    Verb.CREATED: created,
    Verb.EDITED: edited,
    Verb.UPDATED: updated,
    Verb.REVOKED: revoked,
    Verb.DOWNLOADED: downloaded,
    Verb.SENT: sent,
    Verb.FAILED: failed,
    Verb.LOCKED: locked,
    Verb.REFUSED: refused,
    Verb.ACCESS_ASKED: access_asked,
    Verb.AUTOMATIC: automatic,
}


# --- the other columns ---------------------------------------------------------------------------

OURS = {Verb.SENT, Verb.FAILED, Verb.EXPIRED}


def performed_by(line: Line) -> str:
    """Who did it, as far as it is known. A link tells nobody's name."""
    if line.actor_label:
        return line.actor_label
    if line.verb in OURS:
        return "Attesta"
    return _("A program") if line.verb == Verb.AUTOMATIC else _("Someone who has the link")


def recipient(line: Line) -> str:
    """For whom the share is; ``S. O.`` / ``N/A`` when nobody was named."""
    return line.recipient_label or _("N/A")
