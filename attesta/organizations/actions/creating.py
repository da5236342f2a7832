"""Organizations come from their operators, and so do their first members."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from attesta.accounts.models import Person
from attesta.organizations.models import Membership, Organization, Role

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
