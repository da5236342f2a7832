"""A line of a credential's history, or about a batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from attesta.accounts.models import Person
from attesta.activity import ledger
from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.credentials.models import Batch, Credential, Source


def write(verb: Verb, credential: Credential, *, at: datetime, by: Person | None, **facts: Any) -> None:
    """Without a person, its issuer acted."""
    language = credential.learner.language if credential.learner else settings.LANGUAGE_CODE
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else credential.issuer.name(language),
        owner_id=credential.learner_id,
        issuer_id=credential.issuer_id,
        credential_id=credential.pk,
        facts={"fr": credential.title_fr, "en": credential.title_en, **facts},
    )


def corrected(credential: Credential) -> bool:
    """Has an update put another name or other titles in place of those it was issued with?"""
    composed = credential.versions.filter(number__gt=1).exclude(source=Source.UPLOADED)
    lines = Line.objects.filter(credential_id=credential.pk, verb=Verb.UPDATED, facts__has_key="corrected")
    return composed.exists() or lines.exists()


def write_of_batch(verb: Verb, batch: Batch, *, at: datetime, by: Person | None, about: str = "") -> None:
    """Without a person, the institution acted. ``about``: the label of someone else whom the line names."""
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else batch.issuer.name_fr,
        issuer_id=batch.issuer_id,
        recipient_label=about,
        facts={"batch": str(batch.pk), "file": batch.file_name, "count": batch.row_count},
    )
