"""What mail says about shares, and to whom. Letters are composed when they leave, so they tell what is true then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attesta.accounts import dates
from attesta.activity.verbs import Verb
from attesta.mail import composers, outbox, rendering
from attesta.mail.composers import Composition, Untrue
from attesta.mail.models import Letter, State
from attesta.mail.rendering import one_line
from attesta.shares import history, links, rules, tokens
from attesta.shares.models import AccessRequest, MailboxCode, Share

INVITATION, PIN, CODE = "shares.invitation", "shares.pin", "shares.code"
FIRST, EXPIRING, EXPIRED = "shares.first-consultation", "shares.expiring", "shares.expired"
ASKED, GIVEN = "shares.access-asked", "shares.access-given"


class Withdrawn(StrEnum):
    """Why a letter to a recipient never left; besides these, the ``Refusal`` of a share that was closed."""

    REPLACED = "replaced"
    RENEWED = "renewed"
    PIN_CHANGED = "pin-changed"
    PIN_REMOVED = "pin-removed"


# --- queueing: inside the transaction of the act -------------------------------------------------


def invite(share: Share, *, at: datetime, because: Withdrawn = Withdrawn.REPLACED) -> None:
    """The link to the recipient; when a PIN is set, the PIN in a letter of its own.

    One still waiting is replaced; ``because`` of what, for its sender.
    """
    outbox.withdraw(subject_id=share.id, kinds=[INVITATION], at=at, because=because)
    _to_recipient(INVITATION, share, at)
    if share.has_pin:
        tell_pin(share, at=at, because=because)


def tell_pin(share: Share, *, at: datetime, because: Withdrawn = Withdrawn.PIN_CHANGED) -> None:
    outbox.withdraw(subject_id=share.id, kinds=[PIN], at=at, because=because)
    _to_recipient(PIN, share, at)


def send_code(share: Share, code: MailboxCode, *, at: datetime) -> None:
    _to_recipient(CODE, share, at, code=str(code.id))


def first_consultation(share: Share, *, at: datetime) -> None:
    _to_owner(FIRST, share, at, opened_at=at.isoformat())


def expiring(share: Share, *, at: datetime) -> None:
    if share.owner.wants_notices:
        _to_owner(EXPIRING, share, at)


def expired(share: Share, *, at: datetime) -> None:
    if share.owner.wants_notices:
        _to_owner(EXPIRED, share, at)


def access_asked(share: Share, request: AccessRequest, *, at: datetime) -> None:
    _to_owner(ASKED, share, at, request=str(request.id))


def access_given(share: Share, request: AccessRequest, *, at: datetime) -> None:
    """To whoever asked. It holds no link: they have the one they asked about."""
    outbox.post(kind=GIVEN, to=request.email, language=share.language, subject_id=share.id, at=at)


def _to_recipient(kind: str, share: Share, at: datetime, **facts: str) -> None:
    outbox.post(
        kind=kind, to=share.recipient_email, language=share.language, subject_id=share.id, facts=dict(facts), at=at
    )


def _to_owner(kind: str, share: Share, at: datetime, **facts: str) -> None:
    owner = share.owner
    outbox.post(kind=kind, to=owner.email, language=owner.language, subject_id=share.id, facts=dict(facts), at=at)


# --- composing: when they leave ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Composer:
    """Finds the share, writes its letter, and tells its history what became of it."""

    write: Callable[[Share, Letter], Composition | None]
    told: bool = False
    live_only: bool = False

    def compose(self, letter: Letter) -> Composition | None:
        share = _share(letter)
        if share is None:
            return None
        if self.live_only and (closed := rules.refusal(share.facts, timezone.now())):
            raise Untrue(closed)
        return self.write(share, letter)

    def settled(self, letter: Letter, *, at: datetime) -> None:
        share = _share(letter)
        if share is None or not self.told:
            return
        facts = {"letter": letter.kind.removeprefix("shares.")}
        if letter.state == State.DEAD:
            history.write(Verb.FAILED, share, at=at, facts={**facts, "because": letter.last_error})
        else:
            history.write(Verb.SENT, share, at=at, facts=facts)


def _share(letter: Letter) -> Share | None:
    if letter.subject_id is None:
        return None
    return Share.objects.select_related("owner").filter(pk=letter.subject_id).first()


def _invitation(share: Share, letter: Letter) -> Composition:
    count = share.items.count()
    owner = one_line(str(share.owner))
    heading = ngettext("%(name)s shares a document with you", "%(name)s shares %(count)s documents with you", count) % {
        "name": owner,
        "count": count,
    }
    paragraphs = [
        _("Open the page below to see what was shared, who issued it, and whether it is current."),
        _key_in_words(share),
    ]
    if share.reference:
        paragraphs.append(_("Reference: %(reference)s") % {"reference": one_line(share.reference)})
    notes = [_("This link is meant for you alone. Please do not forward this letter.")]
    if share.last_day:
        notes.insert(0, _("The link expires at the end of %(day)s.") % {"day": _day(share)})
    return rendering.compose(
        language=letter.language,
        subject=heading,
        heading=heading,
        paragraphs=paragraphs,
        quote=share.message or None,
        button=(_("See what was shared"), links.of_recipient(share)),
        notes=notes,
        why=_("You receive this letter because %(name)s gave us your address to share documents with you.")
        % {"name": owner},
        headers={"Reply-To": share.owner.email},
    )


def _key_in_words(share: Share) -> str:
    if share.has_pin:
        return _("You will be asked for a PIN. It comes in a second letter, so that one letter alone opens nothing.")
    return _("To make sure that it is you, the page sends a one-time code to this mailbox.")


def _pin(share: Share, letter: Letter) -> Composition:
    pin = tokens.pin_of(share)
    if pin is None:
        raise Untrue(Withdrawn.PIN_REMOVED)
    owner = one_line(str(share.owner))
    return rendering.compose(
        language=letter.language,
        subject=_("The PIN for what %(name)s shares with you") % {"name": owner},
        heading=_("Your PIN"),
        paragraphs=[_("Type this PIN on the page that the other letter from %(name)s leads to.") % {"name": owner}],
        code=pin,
        notes=[_("We will never ask you for this PIN by email or by telephone.")],
        why=_("You receive this letter because %(name)s gave us your address to share documents with you.")
        % {"name": owner},
    )


def _code(share: Share, letter: Letter) -> Composition | None:
    code = MailboxCode.objects.filter(pk=letter.facts.get("code"), used_at=None).first()
    if code is None or code.expires_at <= timezone.now():
        return None
    return rendering.compose(
        language=letter.language,
        subject=_("Your one-time code"),
        heading=_("Your one-time code"),
        paragraphs=[_("Type this code on the page where you asked for it. It works once, for fifteen minutes.")],
        code=tokens.unseal_code(bytes(code.sealed), code.id),
        notes=[_("If you did not ask for a code, ignore this letter: without the code nothing opens.")],
        why=_("You receive this letter because someone opened a share that was sent to this address."),
    )


def _first(share: Share, letter: Letter) -> Composition:
    with timezone.override(share.owner.zone):
        opened = datetime.fromisoformat(str(letter.facts["opened_at"]))
        when = {"day": dates.day(opened), "time": dates.time_of_day(opened)}
    return _owner_letter(
        share,
        letter,
        _("Your share “%(share)s” was viewed for the first time"),
        [_("It was opened on %(day)s at %(time)s.") % when],
    )


def _expiring(share: Share, letter: Letter) -> Composition | None:
    if share.expires_at is None or share.expires_at > timezone.now() + rules.WARN_BEFORE:
        return None  # its owner chose a later day meanwhile, or none
    return _owner_letter(
        share,
        letter,
        _("The link of your share “%(share)s” expires soon"),
        [
            _("The link opens until the end of %(day)s. You can choose a later day on the share’s page.")
            % {"day": _day(share)}
        ],
        notice=True,
    )


def _expired(share: Share, letter: Letter) -> Composition | None:
    if share.expires_at is None or share.expires_at > timezone.now():
        return None  # it was opened again meanwhile
    return _owner_letter(
        share,
        letter,
        _("The link of your share “%(share)s” has expired"),
        [_("Nobody can open it any more. Its history is kept, and a later day opens the same link again.")],
        notice=True,
    )


def _asked(share: Share, letter: Letter) -> Composition | None:
    request = AccessRequest.objects.filter(pk=letter.facts.get("request")).first()
    if request is None:
        return None
    who = {"name": one_line(request.name), "email": request.email}
    is_open = rules.refusal(share.facts, timezone.now()) is None
    if is_open and share.is_email and not share.has_pin:
        asks = [
            _("%(name)s (%(email)s) has your link, which is open, but cannot read the mailbox that it was sent to.")
            % who,
            _("We could not check who wrote this. If you know them, make a share for their own address."),
        ]
    elif is_open:
        asks = [
            _("%(name)s (%(email)s) has your link, which is open, but cannot get in. Perhaps they lack its PIN.") % who,
            _("We could not check who wrote this. If you know them, give them the PIN yourself, or renew the link."),
        ]
    else:
        asks = [
            _("%(name)s (%(email)s) has a link of yours that is closed, and asks you to open it again.") % who,
            _("We could not check who wrote this. If you know them, open the share again on its page."),
        ]
    return _owner_letter(
        share,
        letter,
        _("Someone asks for access to your share “%(share)s”"),
        asks,
        quote=request.message or None,
    )


def _given(share: Share, letter: Letter) -> Composition:
    owner = one_line(str(share.owner))
    return rendering.compose(
        language=letter.language,
        subject=_("%(name)s has opened the share again") % {"name": owner},
        heading=_("The link you asked about works again"),
        paragraphs=[_("%(name)s has opened it again. Use the link that you already have.") % {"name": owner}],
        why=_("You receive this letter because you asked for access on our site."),
    )


def _owner_letter(
    share: Share, letter: Letter, subject: str, paragraphs: list[str], *, quote: str | None = None, notice: bool = False
) -> Composition:
    heading = subject % {"share": one_line(share.name)}
    return rendering.compose(
        language=letter.language,
        subject=heading,
        heading=heading,
        paragraphs=paragraphs,
        quote=quote,
        button=(_("See the share"), links.of_owner(share)),
        why=_("You receive this letter because the share is yours."),
        unsubscribe=links.of_preferences() if notice else None,
    )


def _day(share: Share) -> str:
    with timezone.override(share.owner.zone):
        return dates.day(share.last_day)


def register() -> None:
    """Called when the app starts."""
    composers.register(INVITATION, Composer(_invitation, told=True, live_only=True))
    composers.register(PIN, Composer(_pin, told=True, live_only=True))
    composers.register(CODE, Composer(_code, live_only=True))
    composers.register(FIRST, Composer(_first))
    composers.register(EXPIRING, Composer(_expiring, live_only=True))
    composers.register(EXPIRED, Composer(_expired))
    composers.register(ASKED, Composer(_asked))
    composers.register(GIVEN, Composer(_given, live_only=True))
