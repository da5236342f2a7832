"""Letters about an account: codes to type, and news of what changed. Codes lie sealed until the letter leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attesta.accounts import dates, rules, unproved
from attesta.accounts.models import DEFAULT_TIME_ZONE, Language, Person
from attesta.accounts.wordings import PREFIXES, WORDINGS, Wording
from attesta.mail import composers, outbox, rendering
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.vault import secrets

PURPOSE = "accounts.letter"
FACTS = {"from_email": "old", "to_email": "new", "deleted_email": "address"}
SECRETS = {"code": "code", "password_reset_url": "link"}


class UnknownMail(LookupError):
    """allauth wants to send a mail that we have no words for."""


def register() -> None:
    for name, wording in WORDINGS.items():
        composers.register(kind(name), AccountComposer(wording))


def kind(name: str) -> str:
    return f"accounts.{name}"


def from_allauth(prefix: str, *, to: str, context: Mapping[str, Any]) -> Letter:
    """Our letter for the mail that allauth calls ``prefix``. Raises UnknownMail."""
    if prefix not in PREFIXES:
        raise UnknownMail(prefix)
    facts = {ours: context[theirs] for theirs, ours in FACTS.items() if theirs in context}
    hidden = {ours: context[theirs] for theirs, ours in SECRETS.items() if context.get(theirs)}
    if "ip" in context:
        facts |= _seen(context["ip"], context["user_agent"])
    return _post(PREFIXES[prefix], to=to, person=context.get("user") or _owner(to), facts=facts, hidden=hidden)


def notice(name: str, *, to: str, person: Person, request: HttpRequest, **facts: str) -> Letter:
    """News that allauth does not tell."""
    seen = _seen(request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", ""))
    return _post(name, to=to, person=person, facts=facts | seen, hidden={})


def _seen(address: str, agent: str) -> dict[str, str]:
    return {"ip": address, "device": rules.device(agent)}


def _owner(address: str) -> Person | None:
    """Never a sign-up that nobody proved: the letter would tell the mailbox's owner about it, in its language."""
    rows = EmailAddress.objects.filter(email=address.lower()).exclude(user__in=unproved.of(address))
    rows = rows.order_by("-verified").select_related("user")
    found = rows.first()
    return found.user if found else None


@transaction.atomic
def _post(name: str, *, to: str, person: Person | None, facts: dict[str, str], hidden: dict[str, str]) -> Letter:
    """A newer code replaces one that has not left yet."""
    now = timezone.now()
    if person and WORDINGS[name].lasts:
        outbox.withdraw(subject_id=person.pk, kinds=[kind(name)], at=now)
    return outbox.post(
        kind=kind(name),
        to=to,
        language=person.language if person else Language(get_language() or Language.FRENCH),
        subject_id=person.pk if person else None,
        facts=facts,
        sealed=secrets.seal(json.dumps(hidden), purpose=PURPOSE, context=to) if hidden else None,
        at=now,
    )


class AccountComposer:
    """Writes one kind of letter from its wording."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def compose(self, letter: Letter) -> Composition | None:
        wording = self.wording
        if wording.lasts and (letter.sealed is None or timezone.now() >= letter.created_at + wording.lasts):
            return None
        hidden = _hidden(letter)
        facts = letter.facts | {"to": letter.to}
        return rendering.compose(
            language=letter.language,
            subject=str(wording.subject),
            heading=str(wording.subject),
            paragraphs=[str(text) % facts for text in wording.paragraphs] + _circumstances(letter, wording),
            code=hidden.get("code"),
            button=_button(wording, hidden),
            notes=[str(text) for text in wording.notes],
        )

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Nothing here depends on whether it arrived: the page offers a new code."""


def _hidden(letter: Letter) -> dict[str, str]:
    if letter.sealed is None:
        return {}
    hidden: dict[str, str] = json.loads(secrets.unseal(bytes(letter.sealed), purpose=PURPOSE, context=letter.to))
    return hidden


def _button(wording: Wording, hidden: dict[str, str]) -> tuple[str, str] | None:
    if "link" in hidden:
        return str(wording.subject), hidden["link"]
    return (str(wording.button[0]), wording.button[1]()) if wording.button else None


def _circumstances(letter: Letter, wording: Wording) -> list[str]:
    """When and where it happened, what we did about it, and what to do if it was somebody else."""
    if not wording.notice:
        return []
    person = Person.objects.filter(pk=letter.subject_id).first() if letter.subject_id else None
    with timezone.override(person.zone if person else DEFAULT_TIME_ZONE):
        when = f"{dates.day(letter.created_at)}, {dates.time_of_day(letter.created_at)}"
    device, ip = letter.facts.get("device") or _("an unknown device"), letter.facts.get("ip", "")
    return [
        _("It happened on %(when)s, from %(device)s, network address %(ip)s.")
        % {"when": when, "device": device, "ip": ip},
        _("Every other session of your account was signed out. If it was you, there is nothing more to do."),
        _("If it was not you, set a new password now, then look at the addresses and passkeys of your account."),
    ]
