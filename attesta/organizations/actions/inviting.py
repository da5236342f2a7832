"""Someone is asked to act for an institution, and does once they have proved their mailbox."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from attesta.accounts.mailboxes import owner_of, proved_by
from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.organizations import letters, rules
from attesta.organizations.actions import history
from attesta.organizations.actions.deciding import allow, hold
from attesta.organizations.models import Invitation, Membership, Organization
from attesta.organizations.refusals import refused
from attesta.organizations.rules import Refusal


@transaction.atomic
def invite(*, organization: Organization, email: str, role: str, by: Person | None) -> Membership | Invitation:
    """A member at once when a person has proved this mailbox; else they are one when they have. A letter tells them.

    A mailbox that was invited before gets the new role, and the letter again.
    """
    email = _address(email)
    hold(organization)
    allow(organization, by=by, own=False, before="", after=role)
    person = _owner_of(email)
    if person:
        return _join(organization, person, role, by=by)
    return _ask(organization, email, role, by=by)


@transaction.atomic
def invite_again(*, invitation: Invitation, by: Person | None) -> Invitation:
    """The letter once more; the invitation is good for another thirty days."""
    now = timezone.now()
    hold(invitation.organization)
    allow(invitation.organization, by=by, own=False, before="", after=invitation.role)
    _spare(invitation.organization, invitation.email, invitation, by=by, now=now)
    if not Invitation.objects.filter(pk=invitation.pk).update(created_at=now):
        raise refused(Refusal.NO_LONGER_THERE)
    letters.invited(invitation, at=now)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person | None) -> None:
    now = timezone.now()
    hold(invitation.organization)
    allow(invitation.organization, by=by, own=False, before="", after=None)
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise refused(Refusal.NO_LONGER_THERE)
    letters.withdraw(invitation, at=now)
    history.tell_role(
        Verb.INVITATION_WITHDRAWN, invitation.organization, invitation.email, at=now, by=by, role=invitation.role
    )


@transaction.atomic
def claim(*, person: Person, email: str) -> list[Membership]:
    """``person`` has proved this mailbox: whatever it was invited to is theirs. Who is a member keeps their role."""
    joined = []
    for invitation in Invitation.objects.good_at(timezone.now()).filter(email=email.lower()).order_by("pk"):
        hold(invitation.organization)
        if Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            joined += _take_up(invitation, person)
    return joined


def claim_all(*, person: Person) -> list[Membership]:
    """For every mailbox that ``person`` has proved."""
    return [membership for email in proved_by(person) for membership in claim(person=person, email=email)]


def _take_up(invitation: Invitation, person: Person) -> list[Membership]:
    membership, made = Membership.objects.get_or_create(
        organization=invitation.organization, person=person, defaults={"role": invitation.role}
    )
    letters.withdraw(invitation, at=timezone.now())
    if not made:
        return []
    history.tell_role(
        Verb.MEMBER_JOINED, invitation.organization, str(person), at=timezone.now(), by=person, role=invitation.role
    )
    return [membership]


def _ask(organization: Organization, email: str, role: str, *, by: Person | None) -> Invitation:
    now = timezone.now()
    known = Invitation.objects.filter(organization=organization, email=email).first()
    _spare(organization, email, known, by=by, now=now)
    invitation, _made = Invitation.objects.update_or_create(
        organization=organization, email=email, defaults={"role": role, "invited_by": by, "created_at": now}
    )
    letters.invited(invitation, at=now)
    history.tell_role(Verb.MEMBER_INVITED, organization, email, at=now, by=by, role=role)
    return invitation


def _join(organization: Organization, person: Person, role: str, *, by: Person | None) -> Membership:
    now = timezone.now()
    membership, made = Membership.objects.get_or_create(
        organization=organization, person=person, defaults={"role": role}
    )
    if not made:
        raise refused(Refusal.ALREADY_A_MEMBER)
    _spare(organization, person.email, None, by=by, now=now)
    letters.added(membership, at=now)
    history.tell_role(Verb.MEMBER_ADDED, organization, str(person), at=now, by=by, role=role)
    return membership


def _spare(organization: Organization, to: str, known: Invitation | None, *, by: Person | None, now: datetime) -> None:
    """Raises Refused when one more letter to this mailbox is one too many; the institution is held.

    What its members spent in all does not bind an operator, whose command may be the institution's last way back.
    """
    to_one, in_all = letters.sent_today(organization, to, now=now)
    today = in_all if by else 0
    this_hour = letters.sent_lately(known, now=now) if known else 0
    if refusal := rules.letter_refusal(this_hour=this_hour, to_one=to_one, today=today):
        raise refused(refusal)


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise refused(Refusal.EMAIL_INVALID) from None
    if len(email) > rules.ADDRESS_LENGTH:
        raise refused(Refusal.EMAIL_INVALID)
    return email


def _owner_of(email: str) -> Person | None:
    """None also for an account that is closed."""
    person = owner_of(email)
    return person if person and person.is_active else None
