"""Who plays: four people and two institutions, all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from attesta.accounts import actions as accounts
from attesta.accounts.models import Person
from attesta.organizations.models import Membership, Organization, Role
from demo import clock, factors
from demo.documents.schools import NORTHLAKE, TIDES, School

# Printed on the screen; these accounts exist in no other mode.
PASSWORD = "attesta-demo-2026"
PEOPLE = {
    "zoe@example.org": ("Zoé Citoyenne", "fr"),
    "alex@example.org": ("Alex Morgan", "en"),
    "registrar@example.org": ("Théodore Vaillancourt", "fr"),
    "deputy@example.org": ("Odile Beaumier", "en"),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the moment from which the stories count back."""

    zoe: Person
    alex: Person
    registrar: Person
    deputy: Person
    tides: Organization
    northlake: Organization
    now: datetime

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """So many days before today (at least one), at that time in Eastern Canada."""
        day = timezone.localtime(self.now, timezone.get_default_timezone()) - timedelta(days=days)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def midnight(self, days: int) -> datetime:
        """The midnight that ends the day in so many days; negative in the past."""
        return self.ago(-days - 1, hour=0)


def gather(now: datetime) -> Cast:
    """Makes whoever is missing; leaves the others as their users changed them."""
    with clock.at(now - timedelta(days=5 * 365)):
        zoe, alex, registrar, deputy = (_person(email, *facts) for email, facts in PEOPLE.items())
        tides, northlake = _organization(TIDES), _organization(NORTHLAKE)
        for person, role in ((registrar, Role.ADMINISTRATOR), (deputy, Role.ISSUER)):
            Membership.objects.get_or_create(organization=tides, person=person, defaults={"role": role})
            factors.equip(person)
    return Cast(zoe, alex, registrar, deputy, tides, northlake, now)


def _person(email: str, name: str, language: str) -> Person:
    found = Person.objects.filter(email=email).first()
    return found or accounts.create(email=email, name=name, language=language, password=PASSWORD)


def _organization(school: School) -> Organization:
    made, _new = Organization.objects.get_or_create(
        slug=school.slug,
        defaults={
            "name_fr": school.name_fr,
            "name_en": school.name_en,
            "unit_fr": school.unit_fr,
            "unit_en": school.unit_en,
            "contact_email": school.email,
            "contact_phone": school.phone,
            "website_fr": school.website_fr,
            "website_en": school.website_en,
            "address": school.address,
            "is_issuer": True,
            "approval_above": 20,
        },
    )
    return made
