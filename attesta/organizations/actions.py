"""Organizations and the people who act for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.organizations import letters, rules
from attesta.organizations.models import Invitation, Membership, Organization, Role
from attesta.organizations.refusals import refused
from attesta.organizations.rules import Refusal

FIELDS = (
    "name_fr",
    "name_en",
    "unit_fr",
    "unit_en",
    "contact_email",
    "contact_phone",
    "website_fr",
    "website_en",
    "address",
)


def create(*, slug: str, is_issuer: bool = False, is_receiver: bool = False, **fields: Any) -> Organization:
    """``fields`` are those named in FIELDS. Raises ValidationError, by field, and changes nothing then."""
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"An organization has no {', '.join(sorted(unknown))}.")
    organization = Organization(slug=slug, is_issuer=is_issuer, is_receiver=is_receiver, **fields)
    organization.full_clean()
    organization.save(force_insert=True)
    return organization


@transaction.atomic
def add_member(*, organization: Organization, person: Person, role: Role) -> Membership:
    """``person`` acts for ``organization`` from now on, in this role alone."""
    membership, _made = Membership.objects.update_or_create(
        organization=organization, person=person, defaults={"role": role}
    )
    return membership


# --- members ---------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, organization: Organization, email: str, role: str, by: Person | None) -> Membership | Invitation:
    """A member at once when a person has proved this mailbox; else they are one when they have. A letter tells them.

    A mailbox that was invited before gets the new role, and the letter again.
    """
    email = _address(email)
    _hold(organization)
    _allow(organization, by=by, own=False, before="", after=role)
    person = _owner_of(email)
    if person:
        return _join(organization, person, role, by=by)
    return _ask(organization, email, role, by=by)


@transaction.atomic
def invite_again(*, invitation: Invitation, by: Person | None) -> Invitation:
    """The letter once more; the invitation is good for another thirty days."""
    now = timezone.now()
    _hold(invitation.organization)
    _allow(invitation.organization, by=by, own=False, before="", after=invitation.role)
    if letters.sent_lately(invitation, now=now) >= rules.LETTERS_AN_HOUR:
        raise refused(Refusal.TOO_OFTEN)
    if not Invitation.objects.filter(pk=invitation.pk).update(created_at=now):
        raise refused(Refusal.NO_LONGER_THERE)
    letters.invited(invitation, at=now)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person | None) -> None:
    now = timezone.now()
    _hold(invitation.organization)
    _allow(invitation.organization, by=by, own=False, before="", after=None)
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise refused(Refusal.NO_LONGER_THERE)
    letters.withdraw(invitation, at=now)
    _tell(Verb.INVITATION_WITHDRAWN, invitation.organization, invitation.email, at=now, by=by, role=invitation.role)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Person | None, before: str | None = None) -> Membership:
    """``before`` is the role that whoever decides has seen: another one meanwhile refuses."""
    now = timezone.now()
    current = _current(membership)
    if before is not None and before != current.role:
        raise refused(Refusal.NO_LONGER_THERE)
    _allow(current.organization, by=by, own=by == current.person, before=current.role, after=role)
    if current.role == role:
        return current
    was, current.role = current.role, role
    current.save(update_fields=["role"])
    letters.role_changed(current, at=now)
    _tell(Verb.ROLE_CHANGED, current.organization, str(current.person), at=now, by=by, role=[was, role])
    return current


@transaction.atomic
def remove(*, membership: Membership, by: Person | None) -> None:
    """From now on they do nothing for the institution. What they did stays theirs in every history."""
    now = timezone.now()
    current = _current(membership)
    _allow(current.organization, by=by, own=by == current.person, before=current.role, after=None)
    current.delete()
    letters.removed(current, at=now)
    _tell(Verb.MEMBER_REMOVED, current.organization, str(current.person), at=now, by=by, role=current.role)


@transaction.atomic
def claim(*, person: Person, email: str) -> list[Membership]:
    """``person`` has proved this mailbox: whatever it was invited to is theirs. Who is a member keeps their role."""
    joined = []
    for invitation in Invitation.objects.good_at(timezone.now()).filter(email=email.lower()).order_by("pk"):
        _hold(invitation.organization)
        if Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            joined += _take_up(invitation, person)
    return joined


def claim_all(*, person: Person) -> list[Membership]:
    """For every mailbox that ``person`` has proved."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return [membership for email in proved for membership in claim(person=person, email=email)]


def _take_up(invitation: Invitation, person: Person) -> list[Membership]:
    membership, made = Membership.objects.get_or_create(
        organization=invitation.organization, person=person, defaults={"role": invitation.role}
    )
    letters.withdraw(invitation, at=timezone.now())
    if not made:
        return []
    _tell(Verb.MEMBER_JOINED, invitation.organization, str(person), at=timezone.now(), by=person, role=invitation.role)
    return [membership]


def _ask(organization: Organization, email: str, role: str, *, by: Person | None) -> Invitation:
    now = timezone.now()
    known = Invitation.objects.filter(organization=organization, email=email).first()
    if known and letters.sent_lately(known, now=now) >= rules.LETTERS_AN_HOUR:
        raise refused(Refusal.TOO_OFTEN)
    invitation, _made = Invitation.objects.update_or_create(
        organization=organization, email=email, defaults={"role": role, "invited_by": by, "created_at": now}
    )
    letters.invited(invitation, at=now)
    _tell(Verb.MEMBER_INVITED, organization, email, at=now, by=by, role=role)
    return invitation


def _join(organization: Organization, person: Person, role: str, *, by: Person | None) -> Membership:
    membership, made = Membership.objects.get_or_create(
        organization=organization, person=person, defaults={"role": role}
    )
    if not made:
        raise refused(Refusal.ALREADY_A_MEMBER)
    now = timezone.now()
    letters.added(membership, at=now)
    _tell(Verb.MEMBER_ADDED, organization, str(person), at=now, by=by, role=role)
    return membership


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
    proved = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True).select_related("user")
    found = proved.first()
    return found.user if found else None


def _hold(organization: Organization) -> None:
    """One change of members at a time, so that two administrators cannot remove each other at once."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def _current(membership: Membership) -> Membership:
    """As it is now, held until the end of the transaction."""
    _hold(membership.organization)
    current = Membership.objects.select_related("organization", "person").filter(pk=membership.pk).first()
    if current is None:
        raise refused(Refusal.NO_LONGER_THERE)
    return current


def _allow(organization: Organization, *, by: Person | None, own: bool, before: str, after: str | None) -> None:
    """Raises Refused. The role of ``by`` is read here, as it is now; operators (None) have none."""
    administrators = organization.memberships.filter(role=Role.ADMINISTRATOR).count()
    refusal = rules.change_refusal(
        by_role=role_of(by, organization) if by else None,
        own=own,
        before=before,
        after=after,
        administrators=administrators,
    )
    if refusal:
        raise refused(refusal)


def role_of(person: Person, organization: Organization) -> str:
    """Empty for whoever is not a member."""
    found = Membership.objects.filter(organization=organization, person=person).values_list("role", flat=True)
    return found.first() or ""


def _tell(
    verb: Verb, organization: Organization, label: str, *, at: datetime, by: Person | None, role: str | list[str]
) -> None:
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else "",
        issuer_id=organization.pk,
        recipient_label=label,
        facts={"role": role},
    )
