"""Lines of the ledger about an institution and its members."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.organizations.models import Organization


def tell_role(
    verb: Verb, organization: Organization, label: str, *, at: datetime, by: Person | None, role: str | list[str]
) -> None:
    write(verb, organization, label, at=at, by=by, facts={"role": role})


def write(
    verb: Verb, organization: Organization, label: str, *, at: datetime, by: Person | None, facts: dict[str, Any]
) -> None:
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else "",
        issuer_id=organization.pk,
        recipient_label=label,
        facts=facts,
    )
