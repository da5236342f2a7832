"""Furnishes a desk in a running product: staff in each role, templates, batches in every state. Tells of it as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.batches import actions as batches
from attesta.credentials.batches import checking, tasks
from attesta.credentials.models import Batch, Template
from attesta.organizations import actions as organizations
from attesta.organizations.models import Membership, Organization, Role
from tests.harness import cast
from tests.issuer.conftest import signed_in_at

HEAD = "document_number,learner_email,issued_on,learner_name,degree_fr,degree_en\n"
TITLES = {
    "diploma": ("Diplôme", "Diplôme de baccalauréat", "Bachelor’s degree"),
    "transcript": ("Relevé", "Relevé de notes officiel", "Official transcript"),
    "attestation": ("Lettre", "Attestation d’études", "Confirmation of studies"),
}


def furnish() -> str:
    institution = cast.institution()
    Organization.objects.filter(pk=institution.pk).update(approval_above=10)
    institution.refresh_from_db()
    staff = {role.value: person(institution, role) for role in Role}
    staff["second"] = person(institution, Role.ISSUER, "second@example.org")
    made = {kind: template(institution, kind) for kind in TITLES}
    invitation = organizations.invite(organization=institution, email="new@example.org", role="issuer", by=None)
    found = {state: batch.pk for state, batch in in_every_state(institution, made["diploma"], staff["issuer"]).items()}
    told = {
        "cookies": {role: cookie(one) for role, one in staff.items()},
        "template": made["diploma"].pk,
        "invitation": invitation.pk,
        "person": staff["reader"].pk,
        "batches": found,
    }
    return json.dumps(told, default=str)


def person(institution: Organization, role: Role, email: str = "") -> Person:
    one = cast.person(email or f"{role}@example.org", name=f"{role.title()} Registraire")
    Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    Membership.objects.create(organization=institution, person=one, role=role)
    return one


def cookie(one: Person) -> str:
    """Of a browser that signed in a moment ago by a second factor."""
    client: Client = signed_in_at(one, datetime.now(UTC).timestamp())
    return str(client.cookies["sessionid"].value)


def template(institution: Organization, kind: str) -> Template:
    draft = TemplateDraft(*TITLES[kind], {"accent": "#1d3557"})
    return templates.create_template(issuer=institution, kind=kind, draft=draft, by=None)


def in_every_state(institution: Organization, diploma: Template, by: Person) -> dict[str, Batch]:
    def hand_in(name: str, count: int, *, email: str = "zoe@example.org", check: bool = True) -> Batch:
        rows = (f"{name}-{number},{email},2026-06-12,Zoé Citoyenne,Grade,Degree\n" for number in range(count))
        file = (HEAD + "".join(rows)).encode()
        terms: dict[str, Any] = {"issuer": institution, "form": "csv", "file": file, "template": diploma, "by": by}
        batch = batches.hand_in(file_name=f"{name}.csv", **terms)
        return checking.check(batch) if check else batch

    found = {state: hand_in(state, 2) for state in ("ready", "paused", "done", "cancelled")}
    found |= {"refused": hand_in("refused", 60, email="wrong"), "waiting": hand_in("waiting", 30)}
    with transaction.atomic():  # no worker comes in between
        batches.start(batch=found["paused"], by=by)
        batches.pause(batch=found["paused"], by=by)
    batches.start(batch=found["done"], by=by)
    tasks.issue_some(found["done"], 9, lambda: datetime.now(UTC))
    batches.cancel(batch=found["cancelled"], by=by)
    return found
