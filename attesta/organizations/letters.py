"""What staff read about their institution: invited, added, another role, removed; when it will take two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attesta.accounts.links import sign_up
from attesta.accounts.models import Person
from attesta.mail import composers, outbox, rendering
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.organizations import links
from attesta.organizations.models import Invitation, Membership, Organization, Role
from attesta.organizations.rules import INVITATION_DAYS

INVITED = "organizations.invited"
ADDED = "organizations.added"
ROLE_CHANGED = "organizations.role-changed"
REMOVED = "organizations.removed"
APPROVAL_RISING = "organizations.approval-rising"

Words = dict[str, Any]


# --- queueing: inside the transaction of the act -------------------------------------------------


def invited(invitation: Invitation, *, at: datetime) -> None:
    """One that has not left yet is replaced. Its reader has no account: it is written in both languages."""
    withdraw(invitation, at=at)
    outbox.post(
        kind=INVITED,
        to=invitation.email,
        language=settings.LANGUAGE_CODE,
        subject_id=invitation.pk,
        facts={"organization": str(invitation.organization_id)},
        at=at,
    )


def withdraw(invitation: Invitation, *, at: datetime) -> None:
    outbox.withdraw(subject_id=invitation.pk, kinds=[INVITED], at=at)


def sent_lately(invitation: Invitation, *, now: datetime) -> int:
    """How often its letter was queued within the hour."""
    return Letter.objects.about(invitation.pk, [INVITED]).filter(created_at__gt=now - timedelta(hours=1)).count()


def sent_today(organization: Organization, to: str, *, now: datetime) -> tuple[int, int]:
    """How many letters asked someone to act for it within 24 hours: to this mailbox, and in all.

    The outbox keeps a withdrawn letter longer than that, so withdrawing an invitation resets nothing.
    """
    lately = Letter.objects.filter(kind__in=[INVITED, ADDED], created_at__gt=now - timedelta(days=1))
    found = lately.filter(facts__organization=str(organization.pk))
    return found.filter(to=to).count(), found.count()


def added(membership: Membership, *, at: datetime) -> None:
    _to_member(ADDED, membership, at)


def role_changed(membership: Membership, *, at: datetime) -> None:
    _to_member(ROLE_CHANGED, membership, at)


def removed(membership: Membership, *, at: datetime) -> None:
    _to_member(REMOVED, membership, at)


def approval_rising(organization: Organization, *, by: Person | None, at: datetime) -> None:
    """To every other administrator; where there is none, to the institution's mailbox. Older ones are withdrawn."""
    outbox.withdraw(subject_id=organization.pk, kinds=[APPROVAL_RISING], at=at)
    if organization.rising_to is None or organization.approval_rises_at is None:
        return
    facts = {
        "by": str(by or ""),
        "above": [organization.most_alone, organization.rising_to],
        "from": organization.approval_rises_at.isoformat(),
    }
    others = organization.memberships.filter(role=Role.ADMINISTRATOR).exclude(person=by).select_related("person")
    mailboxes = [(each.person.email, each.person.language) for each in others if each.person.is_active]
    for email, language in mailboxes or [(organization.contact_email, settings.LANGUAGE_CODE)]:
        outbox.post(kind=APPROVAL_RISING, to=email, language=language, subject_id=organization.pk, facts=facts, at=at)


def _to_member(kind: str, membership: Membership, at: datetime) -> None:
    person = membership.person
    facts = {"organization": str(membership.organization_id), "role": str(membership.role)}
    outbox.post(kind=kind, to=person.email, language=person.language, subject_id=person.pk, facts=facts, at=at)


# --- composing: when they leave ------------------------------------------------------------------


class InvitedLetter:
    """To a mailbox that nobody has proved: in both languages."""

    def compose(self, letter: Letter) -> Composition | None:
        known = Invitation.objects.select_related("organization", "invited_by")
        invitation = known.filter(pk=letter.subject_id).first() if letter.subject_id else None
        if invitation is None or not invitation.is_good:
            return None
        words = _invited(invitation)
        other = next(code for code, _name in settings.LANGUAGES if code != letter.language)
        with translation.override(other):
            more = _invited(invitation)
        words["subject"] = f"{words['subject']} / {more['subject']}"
        return rendering.compose(language=letter.language, **words, twin=rendering.Twin.of(other, more))

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Nothing hangs on its arrival: the page of members says who has not come yet."""


@dataclass(frozen=True, slots=True)
class MemberLetter:
    """To someone who has an account, in their language. ``while_member``: only while it is still true."""

    words: Callable[[Organization, str], Words]
    while_member: bool = True

    def compose(self, letter: Letter) -> Composition | None:
        organization = Organization.objects.filter(pk=UUID(letter.facts["organization"])).first()
        members = Membership.objects.filter(organization=organization, person=letter.subject_id)
        role = members.values_list("role", flat=True).first()
        if organization is None or (role is not None) != self.while_member:
            return None
        return rendering.compose(language=letter.language, **self.words(organization, role or letter.facts["role"]))

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Nothing hangs on its arrival."""


class RisingLetter:
    """While the higher number waits for its moment. Its subject is the institution."""

    def compose(self, letter: Letter) -> Composition | None:
        organization = Organization.objects.filter(pk=letter.subject_id).first() if letter.subject_id else None
        moment = organization.approval_rises_at if organization and organization.rising_to else None
        if organization is None or moment is None or moment.isoformat() != letter.facts["from"]:
            return None
        return rendering.compose(language=letter.language, **_rising(organization, moment, letter.facts))

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Nothing hangs on its arrival: the page of members says it too."""


def register() -> None:
    """Called when the app starts."""
    composers.register(APPROVAL_RISING, RisingLetter())
    composers.register(INVITED, InvitedLetter())
    composers.register(ADDED, MemberLetter(_added))
    composers.register(ROLE_CHANGED, MemberLetter(_changed))
    composers.register(REMOVED, MemberLetter(_removed, while_member=False))


def _invited(invitation: Invitation) -> Words:
    names = _names(invitation.organization, invitation.role) | {
        "email": invitation.email,
        "by": str(invitation.invited_by or ""),
        "days": INVITATION_DAYS,
    }
    asked = (
        _("%(by)s asks you to act for %(institution)s on Attesta, in this role: %(role)s.")
        if invitation.invited_by
        else _("You are asked to act for %(institution)s on Attesta, in this role: %(role)s.")
    )
    return {
        "subject": _("%(institution)s invites you to act for it") % names,
        "heading": _("You are invited to act for %(institution)s") % names,
        "paragraphs": [
            asked % names,
            _says(invitation.role),
            _("Create an account with this very address, %(email)s: once it is confirmed, the role is yours.") % names,
        ],
        "button": (_("Create your account"), sign_up()),
        "notes": [
            _second_factor(),
            _("The invitation is good for %(days)s days. If you expected none, ignore this letter: nothing happens.")
            % names,
        ],
    }


def _added(organization: Organization, role: str) -> Words:
    names = _names(organization, role)
    return {
        "subject": _("You now act for %(institution)s") % names,
        "heading": _("You now act for %(institution)s") % names,
        "paragraphs": [
            _("%(institution)s has given you this role on Attesta: %(role)s.") % names,
            _says(role),
        ],
        "button": (_("Go to the institution’s pages"), links.desk(organization)),
        "notes": [
            _second_factor(),
            _ask(names),
        ],
    }


def _changed(organization: Organization, role: str) -> Words:
    names = _names(organization, role)
    return {
        "subject": _("Your role at %(institution)s has changed") % names,
        "heading": _("Your role has changed"),
        "paragraphs": [_("At %(institution)s, your role on Attesta is now: %(role)s.") % names, _says(role)],
        "button": (_("Go to the institution’s pages"), links.desk(organization)),
        "notes": [_ask(names)],
    }


def _removed(organization: Organization, role: str) -> Words:
    names = _names(organization, role)
    return {
        "subject": _("You no longer act for %(institution)s") % names,
        "heading": _("You no longer act for %(institution)s") % names,
        "paragraphs": [
            _("An administrator has ended your part at %(institution)s: its pages are closed to you.") % names,
            _("Your own account, your documents and your shares stay as they are."),
        ],
        "notes": [_ask(names)],
    }


def _rising(organization: Organization, moment: datetime, facts: Mapping[str, Any]) -> Words:
    before, above = facts["above"]
    local = timezone.localtime(moment, timezone.get_default_timezone())
    names = _names(organization, "") | {
        "by": facts["by"] or organization.contact_email,
        "before": number_format(before, force_grouping=True),
        "above": number_format(above, force_grouping=True),
        "day": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "TIME_FORMAT"),
    }
    return {
        "subject": _("%(institution)s: soon one person may issue %(above)s documents at once") % names,
        "heading": _("Soon one person may issue %(above)s documents at once") % names,
        "paragraphs": [
            _(
                "%(by)s decided it for %(institution)s. Until now a second person approves what is more than "
                "%(before)s documents; from %(day)s, %(time)s on, only what is more than %(above)s."
            )
            % names,
            _("Until then any administrator can keep the number as it is, in one click."),
        ],
        "button": (_("Go to the members’ page"), links.members(organization)),
        "notes": [_("Do you know nothing of it? Keep the number, and ask %(by)s.") % names],
    }


def _names(organization: Organization, role: str) -> dict[str, object]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "institution": organization.name(language),
        "contact": organization.contact_email,
        "role": _role(role),
    }


def _role(role: str) -> str:
    return {
        Role.ADMINISTRATOR.value: pgettext("role", "administrator"),
        Role.ISSUER.value: pgettext("role", "issuer"),
        Role.READER.value: pgettext("role", "reader"),
    }.get(role, role)


def _says(role: str) -> str:
    """What the role is for."""
    return {
        Role.ADMINISTRATOR.value: _("Administrators issue documents, keep the templates, and decide who else acts."),
        Role.ISSUER.value: _("Issuers issue, update and revoke documents, one by one or many at once."),
    }.get(role, _("Readers see the institution’s documents and numbers, and change nothing."))


def _second_factor() -> str:
    return _("Staff sign in with a passkey, or with a second factor. The site helps you set it up.")


def _ask(names: dict[str, object]) -> str:
    return _("Was this a mistake? Ask the institution: %(contact)s.") % names
