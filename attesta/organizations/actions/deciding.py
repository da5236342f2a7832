"""What administrators decide: who does what for the institution, and when it takes two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.organizations import letters, rules
from attesta.organizations.actions import history
from attesta.organizations.models import Membership, Organization, Role
from attesta.organizations.refusals import refused
from attesta.organizations.rules import Refusal

APPROVAL = ("approval_above", "approval_rising_to", "approval_rises_at")


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Person | None, before: str | None = None) -> Membership:
    """``before`` is the role that whoever decides has seen: another one meanwhile refuses."""
    now = timezone.now()
    current = _current(membership)
    if before is not None and before != current.role:
        raise refused(Refusal.NO_LONGER_THERE)
    allow(current.organization, by=by, own=by == current.person, before=current.role, after=role)
    if current.role == role:
        return current
    was, current.role = current.role, role
    current.save(update_fields=["role"])
    letters.role_changed(current, at=now)
    history.tell_role(Verb.ROLE_CHANGED, current.organization, str(current.person), at=now, by=by, role=[was, role])
    return current


@transaction.atomic
def remove(*, membership: Membership, by: Person | None) -> None:
    """From now on they do nothing for the institution. What they did stays theirs in every history."""
    now = timezone.now()
    current = _current(membership)
    allow(current.organization, by=by, own=by == current.person, before=current.role, after=None)
    current.delete()
    letters.removed(current, at=now)
    history.tell_role(Verb.MEMBER_REMOVED, current.organization, str(current.person), at=now, by=by, role=current.role)


@transaction.atomic
def change_approval(
    *, organization: Organization, above: int, by: Person | None, before: str | None = None
) -> Organization:
    """More than ``above`` documents need a second person; what waits for one already goes on waiting.

    A lower number counts at once, a higher one after three days, of which the other administrators are told; until
    then the number of now keeps it away. ``before`` is the ``approval_mark`` that whoever decides has seen.
    """
    now = timezone.now()
    hold(organization)
    allow(organization, by=by, own=False, before="", after=None)
    if not 0 <= above <= rules.MOST_ALONE:
        raise refused(Refusal.THRESHOLD_INVALID)
    organization.refresh_from_db(fields=APPROVAL)
    if before is not None and before != organization.approval_mark:
        raise refused(Refusal.NO_LONGER_THERE)
    current, rising = organization.most_alone, organization.rising_to
    if above not in (current, rising) or (above == current and rising is not None):
        _decide(organization, above, current, rising, by=by, now=now)
    return organization


def _decide(
    organization: Organization, above: int, current: int, rising: int | None, *, by: Person | None, now: datetime
) -> None:
    facts: dict[str, Any] = {"above": [current, above]}
    organization.approval_above = min(above, current)
    organization.approval_rising_to = organization.approval_rises_at = None
    verb = Verb.APPROVAL_CHANGED
    if above > current:
        organization.approval_rising_to, organization.approval_rises_at = above, now + rules.RISE_DELAY
        verb, facts["from"] = Verb.APPROVAL_RISING, organization.approval_rises_at.isoformat()
    elif above == current:
        verb, facts["above"] = Verb.APPROVAL_KEPT, [rising, above]
    organization.save(update_fields=APPROVAL)
    history.write(verb, organization, "", at=now, by=by, facts=facts)
    letters.approval_rising(organization, by=by, at=now)


def _current(membership: Membership) -> Membership:
    """As it is now, held until the end of the transaction."""
    hold(membership.organization)
    current = Membership.objects.select_related("organization", "person").filter(pk=membership.pk).first()
    if current is None:
        raise refused(Refusal.NO_LONGER_THERE)
    return current


def hold(organization: Organization) -> None:
    """One change of members at a time, so that two administrators cannot remove each other at once."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def allow(organization: Organization, *, by: Person | None, own: bool, before: str, after: str | None) -> None:
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
