"""What staff take out of the house is written down: a document's file, a list of documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.credentials.actions import history
from attesta.credentials.models import Version
from attesta.organizations.models import Organization


@transaction.atomic
def downloaded(*, version: Version, by: Person) -> None:
    """A member of its institution's staff took a copy."""
    now = timezone.now()
    history.write(Verb.DOWNLOADED, version.credential, at=now, by=by, version=version.number)


@transaction.atomic
def exported(*, issuer: Organization, by: Person, query: str, now: datetime | None = None) -> None:
    """A list of the institution's documents was downloaded; ``query`` says what it was narrowed to."""
    facts: dict[str, Any] = {"query": query} if query else {}
    ledger.write(
        Verb.EXPORTED, at=now or timezone.now(), actor_id=by.pk, actor_label=str(by), issuer_id=issuer.pk, facts=facts
    )
